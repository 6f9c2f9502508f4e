"""What the door of the demo answers to whom."""

from tests.access import EVERYBODY, Probe

PROBES = [Probe("demo:simulated", get=EVERYBODY)]
