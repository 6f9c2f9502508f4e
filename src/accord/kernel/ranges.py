"""Ranges of days for exclusion constraints."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func
from django.utils.deconstruct import deconstructible


@deconstructible(path="accord.kernel.ranges.DayRange")
class DayRange(Func):
    """A half-open range of days, as PostgreSQL's daterange."""

    function = "DATERANGE"
    output_field = DateRangeField()
