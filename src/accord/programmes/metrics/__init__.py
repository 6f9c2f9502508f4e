"""What the programmes can be counted in."""

from dataclasses import replace

from accord.programmes.metrics._mobility import MOBILITY
from accord.programmes.metrics._placements import PLACEMENTS
from accord.programmes.metrics._places import PLACES
from accord.programmes.queries import runs_for

MEASURES = tuple(replace(one, runs_for=runs_for, by_promise=True) for one in (*PLACES, *PLACEMENTS, *MOBILITY))
"""Every measure of the programmes; for an agreement to which no programme delivers, evidence is entered."""
