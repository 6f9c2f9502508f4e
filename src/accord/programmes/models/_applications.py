"""Applications, who stands behind them, and every step they took."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited, audited_changes
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.programmes.models._calls import Call, FormVersion

PHASES = [
    (one, one)
    for one in (
        "draft",
        "screening",
        "question",
        "review",
        "decision",
        "offer",
        "placement",
        "done",
        "declined",
        "withdrawn",
    )
]
"""As `engines.workflow` names them; what funnels and lists go by, whatever the stages of a call are called."""


@audited()
class Application(models.Model):
    """What one person, or several, sent in for a call; from its first draft to its end.

    `stage` is a stage of the call's workflow and `phase` the phase of that stage; both are written by
    `operations.take_step` alone. Answers are by question of `form`. Written by `operations.begin_application`,
    `keep_answers`, `submit_application`, `withdraw_application` and others.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=30, unique=True)
    applicant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("people.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    title = BilingualField(blank=True, help_text="What it is about, where the call asks for it.")
    stage = models.SlugField(max_length=40)
    phase = models.CharField(max_length=10, choices=PHASES, default="draft")
    entered_at = models.DateTimeField()
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="applications")
    answers = models.JSONField(default=dict, blank=True)
    set_aside = models.JSONField(
        default=dict, blank=True, help_text="Answers of an earlier version that fit no question any more."
    )
    screening = models.JSONField(default=dict, blank=True, help_text="Answers to what the eligibility rules ask.")
    group = models.CharField(max_length=40, blank=True, help_text="For seats that are kept for a group.")
    language = models.CharField(max_length=10, default="en", help_text="In which letters are written.")
    together_with = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="+", help_text="Whom to be placed with; both ways."
    )
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False, help_text="Submitted after the deadline with a code.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    withdraw_reason = models.CharField(max_length=500, blank=True)
    is_brought_in = models.BooleanField(default=False, help_text="From a file, not by the applicant.")
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["call", "reference"]
        indexes = [
            models.Index(fields=["call", "phase", "reference"], name="application_phase"),
            models.Index(fields=["call", "submitted_at"], name="application_submitted"),
            models.Index(fields=["applicant"], name="application_applicant"),
            words_index("application_words", ("title",), "reference"),
            characters_index("application_characters", ("title",), "reference"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "applicant"], condition=Q(withdrawn_at=None), name="application_once_a_call"
            ),
            models.CheckConstraint(condition=pair("withdrawn"), name="application_withdrawn_by_somebody"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False) | Q(phase__in=("draft", "withdrawn")),
                name="application_submitted_before_it_moves",
            ),
            models.CheckConstraint(condition=~Q(together_with=F("id")), name="application_not_with_itself"),
        ]

    def __str__(self) -> str:
        return f"application {self.reference}"


@audited()
class CoApplicant(models.Model):
    """Somebody who applies along: named by the applicant, and of the application once they said so by their link."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="co_applicants")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    institution_name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    named_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["application", "pk"]
        indexes = [models.Index(fields=["person"], name="co_applicant_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"], condition=Q(removed_at=None), name="co_applicant_once"
            )
        ]

    def __str__(self) -> str:
        return f"co-applicant {self.pk} of application {self.application_id}"


@audited_changes()
class Step(models.Model):
    """That an application moved from one stage to another: by which step, who took it, with what words.

    Written by `operations.take_step`; never changed or deleted, but for words of somebody who was erased.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    step = models.SlugField(max_length=40)
    from_stage = models.SlugField(max_length=40)
    to_stage = models.SlugField(max_length=40)
    to_phase = models.CharField(max_length=10, choices=PHASES)
    words = models.TextField(max_length=5000, blank=True, help_text="What the applicant is told.")
    note = models.TextField(max_length=5000, blank=True, help_text="For the office alone.")
    moved_at = models.DateTimeField()
    mover = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["application", "moved_at", "pk"]
        triggers = [pgtrigger.Protect(name="step_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.step} of application {self.application_id} ({self.pk})"


@audited()
class Enquiry(models.Model):
    """A question of the office to an applicant, with its answer. Written by `operations.ask_applicant`, `answer`."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="enquiries")
    text = models.TextField(max_length=5000)
    due_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(max_length=10000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, help_text="Taken back, or no longer needed.")
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["application", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=pair("answered"), name="enquiry_answered_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk} to application {self.application_id}"


@audited()
class OfficeNote(models.Model):
    """A note of the office on an application, which the applicant and reviewers never see."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=5000)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["application", "noted_at", "pk"]

    def __str__(self) -> str:
        return f"note {self.pk} on application {self.application_id}"


@audited()
class LikenessVerdict(models.Model):
    """What the office found of two applications that look alike: the same, or not. The pair is kept in order."""

    first = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {'same' if self.is_same else 'different'}"
