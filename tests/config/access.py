"""What the doors for monitors answer to whom."""

from tests.access import EVERYBODY, Probe

PROBES = [
    Probe("probes:readyz", get=EVERYBODY),
    Probe("probes:metrics", get=EVERYBODY),
]
