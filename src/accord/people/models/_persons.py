"""Human beings, where they belong and since when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower

from accord.kernel.audit import audited
from accord.kernel.ranges import DayRange
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.people.enums import PersonState
from accord.people.models._institutions import Institution, Unit


@audited()
class Person(models.Model):
    """A human being, known by one display name and a key to sort by; not an account and not a role.

    Written by `operations.register_person`, `change_person`, `merge_persons`, and for privacy by `restrict_person`
    and `erase_person`. A merged person stays as a signpost; an erased one keeps the row, so that counts survive.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = BilingualField()
    sort_key = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True, help_text="Where to write; signing in is the account's.")
    orcid = models.CharField(max_length=19, blank=True, help_text="With hyphens, without the address.")
    country = models.CharField(max_length=2, blank=True, help_text="Where the person is read from or lives, if known.")
    state = models.CharField(max_length=10, choices=PersonState, default=PersonState.ACTIVE)
    is_simulated = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["orcid"], condition=~Q(orcid="") & Q(merged_into=None), name="person_orcid_is_one"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="person_not_into_itself"),
        ]
        indexes = [
            models.Index(Lower("email"), name="person_email"),
            words_index("person_names", ("name",), "sort_key"),
            characters_index("person_characters", ("name",), "sort_key"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


@audited()
class Affiliation(models.Model):
    """That a person belongs to an institution from a day on, until a day (or without end).

    Written by `operations.affiliate` and `end_affiliation`. The same place cannot be held twice at once.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="affiliations")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="affiliations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="affiliations")
    title = BilingualField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["person", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="affiliation_ends_after_start"
            ),
            ExclusionConstraint(
                name="affiliation_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("institution", RangeOperators.EQUAL),
                    (Coalesce("unit", Value(0)), RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.institution_id} from {self.starts_on}"


@audited()
class Merge(models.Model):
    """That two rows were one person or one institution, and every key that was moved, so that it can be undone.

    Written by `operations.merge_persons`, `merge_institutions` and `undo_merge`; never deleted.
    """

    kept_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    gone_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    gone_institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    moved = models.JSONField(
        help_text="What was moved and what stayed, by column; what the kept one said before and after."
    )
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kept_person__isnull=False, gone_person__isnull=False, kept_institution=None, gone_institution=None
                )
                | Q(kept_person=None, gone_person=None, kept_institution__isnull=False, gone_institution__isnull=False),
                name="merge_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk} of {self.merged_at}"
