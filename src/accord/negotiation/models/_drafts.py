"""What the coordinator is writing: edited in place, row by row, each with its version."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accord.agreements.enums import PromiseKind
from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.negotiation.models._negotiations import Negotiation


class Drafted(models.Model):
    """What every edited row has: its version, who changed it last, and that it was taken out."""

    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@audited()
class DraftHead(Drafted):
    """What the draft says of the agreement as a whole: its name, what it is about, how long it runs.

    Made with the negotiation; written by `operations.change_head`.
    """

    negotiation = models.OneToOneField(Negotiation, on_delete=models.PROTECT, related_name="head")
    title = BilingualField()
    summary = BilingualField(blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    notice_days = models.PositiveSmallIntegerField(null=True, help_text="Before the end, to renew or to let it end.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="draft_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"head of the draft {self.negotiation_id}"


@audited()
class DraftClause(Drafted):
    """A clause of the draft; with `amends`, the wording that a clause of the signed agreement shall get.

    Written by `operations.save_clause` and `remove_clause`; what was taken out stays, marked.
    """

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="clauses")
    key = models.SlugField(max_length=60)
    type = models.CharField(max_length=30)
    title = BilingualField()
    text = BilingualField()
    ip_mode = models.CharField(max_length=40, blank=True)
    amends = models.BooleanField(default=False)
    why = BilingualField(blank=True, help_text="Why a signed clause is amended.")
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["negotiation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "key"], name="draft_clause_key"),
            models.CheckConstraint(condition=pair("removed"), name="draft_clause_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.negotiation_id}/{self.key})"


@audited()
class DraftPromise(Drafted):
    """A promise of the draft; with `amends`, the target or deadline that a signed promise shall get.

    Parties are named by the keys of their institutions, as in the file, so that one row holds a whole promise and
    its history reads like the promise. Written by `operations.save_promise` and `remove_promise`.
    """

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="promises")
    key = models.SlugField(max_length=60)
    section_key = models.SlugField(max_length=60, blank=True)
    section_title = BilingualField(blank=True)
    title = BilingualField()
    text = BilingualField()
    kind = models.CharField(max_length=10, choices=PromiseKind)
    promisors = ArrayField(models.SlugField(max_length=60), default=list)
    beneficiaries = ArrayField(models.SlugField(max_length=60), default=list)
    beneficiary_text = BilingualField(blank=True)
    owner = BilingualField(blank=True)
    measure_code = models.CharField(max_length=80, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    is_about = models.BooleanField(default=False)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    amends = models.BooleanField(default=False)
    why = BilingualField(blank=True, help_text="Why a signed promise is amended.")
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["negotiation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "key"], name="draft_promise_key"),
            models.CheckConstraint(condition=Q(target=None) | Q(target__gt=0), name="draft_promise_target_above_zero"),
            models.CheckConstraint(condition=pair("removed"), name="draft_promise_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.negotiation_id}/{self.key})"
