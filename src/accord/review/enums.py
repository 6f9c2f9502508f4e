"""Choices of the review context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(models.TextChoices):
    """Who knows whom while a panel reviews."""

    OPEN = "open", _("Open: everybody sees names")
    SINGLE = "single", _("Single blind: applicants never learn who reviewed")
    DOUBLE = "double", _("Double blind: reviewers do not see who applied either")


class ScoreRule(models.TextChoices):
    """Which score counts; stated before the first review is submitted."""

    RAW = "raw", _("The raw score counts")
    CALIBRATED = "calibrated", _("The calibrated score counts")


class ConcernedKind(models.TextChoices):
    """What somebody has to do with an item."""

    APPLICANT = "applicant", pgettext_lazy("of an item", "Applicant")
    CO_APPLICANT = "co-applicant", pgettext_lazy("of an item", "Co-applicant")
    SUPERVISOR = "supervisor", pgettext_lazy("of an item", "Supervisor")
    REFEREE = "referee", pgettext_lazy("of an item", "Referee")


class BidValue(models.IntegerChoices):
    """How much a reviewer would like to review an item."""

    NO = 0, _("I would not")
    CAN = 1, _("I can")
    WANT = 2, _("I would like to")
    EAGER = 3, _("This is my subject")


class RelationKind(models.TextChoices):
    """How two people are related, as one of them declared."""

    CO_AUTHOR = "co-author", _("Written together")
    FAMILY = "family", _("Family")
    SUPERVISOR = "supervisor", _("One supervised the other")
    COLLEAGUE = "colleague", _("Worked together closely")
    BUSINESS = "business", _("Business interests")
    OTHER = "other", pgettext_lazy("a relation", "Other")


class ConflictKind(models.TextChoices):
    """Why somebody must not review an item."""

    SAME_INSTITUTION = "same-institution", _("Same institution")
    SAME_PERSON = "same-person", _("Named in the item")
    CO_APPLICANT = "co-applicant", _("Applied together elsewhere")
    CO_AUTHOR = "co-author", _("Written together")
    RELATION = "declared-relation", _("Declared relation")
    DECLARED = "declared", _("Declared by the reviewer")
    BY_OFFICE = "by-office", _("Entered by the office")


class ConflictSource(models.TextChoices):
    """Where a conflict is known from."""

    COMPUTED = "computed", _("Found in the records")
    DECLARED = "declared", pgettext_lazy("a conflict", "Declared")
    OFFICE = "office", pgettext_lazy("a conflict", "Entered by the office")


class AssignedBy(models.TextChoices):
    """How a reviewer came to an item."""

    RUN = "run", _("By the automatic assignment")
    HAND = "hand", _("By hand")


class AssignmentGoal(models.TextChoices):
    """What an automatic assignment is best at."""

    BEST_TOTAL = "best_total", _("Best fit overall")
    STRONG = "strong", _("Every item gets strong reviewers")
    RANDOMISED = "randomised", _("Hard to game: drawn within limits")


class Recommendation(models.TextChoices):
    """What a reviewer recommends beside the scores."""

    STRONG_YES = "strong-yes", _("Take it, without doubt")
    YES = "yes", _("Take it")
    MAYBE = "maybe", _("Take it if there is room")
    NO = "no", _("Do not take it")


class AssignmentState(models.TextChoices):
    """Where one review stands; worked out, never stored."""

    WAITING = "waiting", _("Not opened yet")
    OPENED = "opened", pgettext_lazy("a review", "Opened")
    BEGUN = "begun", pgettext_lazy("a review", "Begun")
    SUBMITTED = "submitted", pgettext_lazy("a review", "Submitted")
    RELEASED = "released", pgettext_lazy("a review", "Released")


class Permission(StrEnum):
    """What the review context guards."""

    SEE_PANEL = "review.see-panel"
    RUN_PANEL = "review.run-panel"
    CHAIR_PANEL = "review.chair-panel"
    LIFT_CONFLICT = "review.lift-conflict"
    REVIEW = "review.review"
    KEEP_RUBRICS = "review.keep-rubrics"
