"""What was decided on applications."""

from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.programmes.enums import Outcome
from accord.programmes.models._applications import Application
from accord.programmes.models._calls import Call


@audited()
class Slate(models.Model):
    """The decisions of a call, as they were settled at once: in which order, by which draw, how many.

    While it is open, decisions may be changed; settling it makes them final and holds their letters back for release.
    Written by `operations.open_slate`, `settle_slate`.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="slates")
    number = models.PositiveSmallIntegerField()
    quota = models.PositiveIntegerField(null=True)
    reserve_length = models.PositiveIntegerField(default=0)
    order = models.JSONField(
        default=list, blank=True, help_text="References in order with score and draw, as they were settled."
    )
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the order, once settled.")
    batch = models.CharField(max_length=60, blank=True, help_text="The held letters.")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["call", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="slate_number"),
            models.UniqueConstraint(fields=["call"], condition=Q(settled_at=None), name="slate_open_is_one"),
            models.CheckConstraint(condition=pair("settled"), name="slate_settled_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"slate {self.number} of call {self.call_id}"


@audited()
class Decision(models.Model):
    """What a slate says of one application, and the reason that the applicant reads.

    Written by `operations.decide`; final once its slate is settled.
    """

    slate = models.ForeignKey(Slate, on_delete=models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reserve_position = models.PositiveIntegerField(null=True)
    score = models.DecimalField(max_digits=9, decimal_places=4, null=True, help_text="The one that counts, on the day.")
    draw = models.CharField(max_length=64, blank=True, help_text="What told it from others of the same score.")
    reason = models.TextField(max_length=5000, blank=True, help_text="What the applicant reads, in their language.")
    note = models.TextField(max_length=5000, blank=True, help_text="For the office alone.")
    version = models.PositiveIntegerField(default=1)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="When the applicant may read it.")

    class Meta:
        ordering = ["slate", "reserve_position", "pk"]
        indexes = [models.Index(fields=["application"], name="decision_application_idx")]
        constraints = [
            models.UniqueConstraint(fields=["slate", "application"], name="decision_once_a_slate"),
            models.UniqueConstraint(
                fields=["slate", "reserve_position"],
                condition=Q(reserve_position__isnull=False),
                name="decision_reserve_position",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RESERVE) | Q(reserve_position=None), name="decision_position_of_reserve"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} for application {self.application_id} ({self.pk})"
