"""What the work space can be counted in."""

from accord.kernel.measure import Measure

MEASURES: tuple[Measure, ...] = ()
