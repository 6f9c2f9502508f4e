"""What the work space can be counted in."""

from dataclasses import replace

from accord.workspace.metrics._floors import FLOORS
from accord.workspace.metrics._ratios import RATIOS
from accord.workspace.metrics._reports import REPORTS
from accord.workspace.metrics._tenancies import TENANCIES
from accord.workspace.queries import runs_for

MEASURES = tuple(replace(one, runs_for=runs_for) for one in (*FLOORS, *TENANCIES, *REPORTS, *RATIOS))
"""Every measure of the work space; each part of the context has its own file beside this one."""
