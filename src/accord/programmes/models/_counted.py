"""The lines that measures count."""

from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.programmes.enums import Counted
from accord.programmes.models._calls import Programme


@audited()
class CountedLine(models.Model):
    """What measures count of a record: on a day, or evenly on each day from one until another.

    Worked out from places, seats, placements and evaluations by `operations.count_place` and `count_placement` after
    every write of these; never typed. Where something changes, the line is closed (`unknown_at`) and others are
    opened, so that what was known on a day stays as it was.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="counted")
    what = models.CharField(max_length=20, choices=Counted)
    record = models.CharField(max_length=60, help_text="What it opens down to, as `kind:id`.")
    part = models.CharField(max_length=40, blank=True, help_text="Tells lines of one record apart: a seat, a side.")
    label = BilingualField()
    amount_each = models.DecimalField(max_digits=12, decimal_places=6, help_text="On the day, or on each of the days.")
    starts_on = models.DateField(help_text="The day, or the first of them.")
    ends_on = models.DateField(null=True, help_text="The day after the last, where it counts on each day.")
    is_simulated = models.BooleanField(default=False)
    known_at = models.DateTimeField()
    unknown_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme", "what", "starts_on", "pk"]
        indexes = [
            models.Index(fields=["what", "programme"], name="counted_what"),
            models.Index(fields=["record"], name="counted_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["what", "record", "part", "starts_on"], condition=Q(unknown_at=None), name="counted_once"
            ),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="counted_has_days"),
            models.CheckConstraint(
                condition=Q(unknown_at=None) | Q(unknown_at__gte=F("known_at")), name="counted_known_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.amount_each} of {self.record} on {self.starts_on} ({self.pk})"
