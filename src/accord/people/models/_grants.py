"""Who may do what: roles, standing in for somebody, and links that let one act without an account."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from accord.kernel.audit import audited
from accord.kernel.ranges import DayRange
from accord.people.enums import Role
from accord.people.models._institutions import Institution
from accord.people.models._persons import Person


@audited()
class RoleGrant(models.Model):
    """A role that a person holds from a day on, until a day (or without end), everywhere or for one institution.

    Written by `operations.grant_role` and `end_role`. The same role cannot be granted twice for overlapping days. One
    that was ended before it began, or on its first day, keeps an empty span: it starts and ends on the same day.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    granted_at = models.DateTimeField(null=True, help_text="Empty for roles granted before Accord kept who did it.")
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["person", "role", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(granted_at=None, granted_by=None) | Q(granted_at__isnull=False, granted_by__isnull=False),
                name="grant_granted_by_somebody",
            ),
            ExclusionConstraint(
                name="grant_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("institution", Value(0)), RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.institution_id or 'everything'} for {self.person_id} from {self.starts_on}"


@audited()
class Delegation(models.Model):
    """That one person lets another act on their behalf from a day on, until a day.

    Written by `operations.delegate` and `end_delegation`. What is done bears both names. One that was ended before it
    began, or on its first day, keeps an empty span: it starts and ends on the same day.
    """

    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_taken")
    reason = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="delegation_to_somebody_else"),
            ExclusionConstraint(
                name="delegation_once_at_a_time",
                expressions=[
                    ("giver", RangeOperators.EQUAL),
                    ("taker", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taker_id} for {self.giver_id} from {self.starts_on}"


@audited(exclude=["digest"])
class SignedLink(models.Model):
    """A link by which a person without an account does one thing to one record, until it expires or is used up.

    Written by `operations.make_link`, `use_link` and `revoke_link`. Only the token's SHA-256 is kept.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=60, help_text="What may be done, as `context.verb`.")
    record = models.CharField(max_length=100, help_text="What it is done to, as `kind:id`.")
    digest = models.CharField(max_length=64, unique=True)
    uses_left = models.PositiveSmallIntegerField(help_text="How often the thing may still be done; looking is free.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["record", "purpose"], name="link_record")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="link_ends_after_start"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="link_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} on {self.record} for {self.person_id} ({self.pk})"
