"""Choices of the programmes."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

OPEN_PLACES = "programmes.open-places"
"""What a link is for by which a host without an account opens places for a call and ranks who wants them."""

JOIN_APPLICATION = "programmes.join-application"
"""What a link is for by which a co-applicant says whether they stand by an application."""

SIGN_LEARNING = "programmes.sign-learning"
"""What a link is for by which one side signs a learning agreement without an account."""

LOOK_AFTER = "programmes.look-after"
"""What a link is for by which a host or home without an account checks in on a placement and evaluates it."""


class ProgrammeKind(models.TextChoices):
    """What a programme gives; what each kind has is data (`kinds.yaml`), not code."""

    INTERNSHIP = "internship", pgettext_lazy("a programme", "Internship")
    EXCHANGE = "exchange", pgettext_lazy("a programme", "Exchange of professionals and students")
    DOCTORAL = "doctoral", pgettext_lazy("a programme", "Joint doctorate")
    POSTDOC = "postdoc", pgettext_lazy("a programme", "Post-doctoral fellowship")
    TRAINING = "training", pgettext_lazy("a programme", "Training places")
    INCUBATION = "incubation", pgettext_lazy("a programme", "Incubator intake")
    GRANT = "grant", pgettext_lazy("a programme", "Small grant")


class CallState(models.TextChoices):
    """How a call stands at a moment; worked out from its dates, never set."""

    PREPARED = "prepared", pgettext_lazy("a call", "Being prepared")
    ANNOUNCED = "announced", pgettext_lazy("a call", "Opens later")
    OPEN = "open", pgettext_lazy("a call", "Open")
    CLOSED = "closed", pgettext_lazy("a call", "Closed")
    FINISHED = "finished", pgettext_lazy("a call", "Finished")
    CANCELLED = "cancelled", pgettext_lazy("a call", "Cancelled")


class TieRule(models.TextChoices):
    """What tells equal scores apart; stated before the call opens."""

    LOTTERY = "lottery", _("A draw from a seed that was sealed before the call opened")
    EARLIER = "earlier", _("Who submitted first")
    OFFICE = "office", _("The office decides and gives a reason")


class HostScore(models.TextChoices):
    """Whose order of the applicants counts at a place; stated before the call opens."""

    REVIEW = "review", _("Scores of the reviewers")
    HOST = "host", _("The host's own ranking")


class Outcome(models.TextChoices):
    """What was decided on an application."""

    ACCEPT = "accept", pgettext_lazy("a decision", "Accept")
    RESERVE = "reserve", pgettext_lazy("a decision", "Reserve list")
    DECLINE = "decline", pgettext_lazy("a decision", "Decline")
    REVISE = "revise", pgettext_lazy("a decision", "Revise and resubmit")


class LimitKind(models.TextChoices):
    """Over what a shared limit lies."""

    SUPERVISOR = "supervisor", pgettext_lazy("a limit", "Supervisor")
    INSTITUTION = "institution", pgettext_lazy("a limit", "Institution")
    SIDE = "side", pgettext_lazy("a limit", "Side of the partnership")
    TOTAL = "total", pgettext_lazy("a limit", "All places of the call")


class BarKind(models.TextChoices):
    """Why somebody may not have a place, whatever the scores."""

    NOT_ELIGIBLE = "not-eligible", _("Does not meet the requirements")
    CONFLICT = "conflict", _("Conflict of interest")


class OfferState(models.TextChoices):
    """Where an offer of a place stands."""

    OPEN = "open", pgettext_lazy("an offer", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("an offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("an offer", "Declined")
    LAPSED = "lapsed", pgettext_lazy("an offer", "Lapsed")
    WITHDRAWN = "withdrawn", pgettext_lazy("an offer", "Given back")


class PlacementState(models.TextChoices):
    """Where a placement stands; worked out from its days."""

    AGREED = "agreed", pgettext_lazy("a placement", "Not begun")
    RUNNING = "running", pgettext_lazy("a placement", "Under way")
    ENDED = "ended", pgettext_lazy("a placement", "Ended, evaluations missing")
    COMPLETED = "completed", pgettext_lazy("a placement", "Completed")
    BROKEN_OFF = "broken-off", pgettext_lazy("a placement", "Broken off")
    CANCELLED = "cancelled", pgettext_lazy("a placement", "Cancelled before it began")


class EndReason(models.TextChoices):
    """Why a placement ended before its last day."""

    PERSON = "person", pgettext_lazy("an end", "The person left")
    HOST = "host", pgettext_lazy("an end", "The host ended it")
    HOME = "home", pgettext_lazy("an end", "The home institution ended it")
    HEALTH = "health", pgettext_lazy("an end", "Health or family")
    JOB = "job", pgettext_lazy("an end", "Hired before the last day")
    OTHER = "other", pgettext_lazy("an end", "Another reason")


class Side(models.TextChoices):
    """The three who sign a learning agreement, check in and evaluate."""

    PERSON = "person", pgettext_lazy("a side", "Person")
    HOST = "host", pgettext_lazy("a side", "Host")
    HOME = "home", pgettext_lazy("a side", "Home institution")


class Term(models.TextChoices):
    """When an evaluation is asked for."""

    MID = "mid", _("Mid-term")
    END = "end", pgettext_lazy("an evaluation", "End")


class Going(models.TextChoices):
    """How somebody says a placement goes."""

    WELL = "well", pgettext_lazy("a check-in", "Goes well")
    MIXED = "mixed", pgettext_lazy("a check-in", "Something needs care")
    BADLY = "badly", pgettext_lazy("a check-in", "In danger")


class PersonLevel(models.TextChoices):
    """As what somebody comes, as mobility is counted."""

    BACHELOR = "bachelor", _("Bachelor’s student")
    MASTER = "master", _("Master’s student")
    DOCTORAL = "doctoral", _("Doctoral candidate")
    POSTDOC = "postdoc", _("Post-doctoral fellow")
    STAFF = "staff", _("Staff or professional")


class RunKind(models.TextChoices):
    """What a run of the matching was made for."""

    DRY = "dry", pgettext_lazy("a match run", "Dry run")
    WHAT_IF = "what-if", pgettext_lazy("a match run", "What if")
    PUBLISHED = "published", pgettext_lazy("a match run", "Published")


class Mechanism(models.TextChoices):
    """The ways of placing people, by plain name; what each guarantees is said where one is chosen."""

    FAIR_MATCH = "fair-match", pgettext_lazy("a mechanism", "Fair match")
    FILL_MOST = "fill-most", pgettext_lazy("a mechanism", "Fill the most places")
    FAIR_SPREAD = "fair-spread", pgettext_lazy("a mechanism", "Fair spread of choices")
    PRIORITY = "priority-order", pgettext_lazy("a mechanism", "Priority order")
    JOINT = "joint-applications", pgettext_lazy("a mechanism", "Joint applications")
    HOST_FIRST = "host-first", pgettext_lazy("a mechanism", "Host-first match")


class MatchChange(models.TextChoices):
    """What became of somebody between two runs."""

    NEWLY_PLACED = "newly-placed", pgettext_lazy("between two runs", "Newly placed")
    MOVED_UP = "moved-up", pgettext_lazy("between two runs", "Moved up")
    MOVED_ACROSS = "moved-across", pgettext_lazy("between two runs", "Moved to one liked as much")
    MOVED_DOWN = "moved-down", pgettext_lazy("between two runs", "Moved down")
    LOST_PLACE = "lost-place", pgettext_lazy("between two runs", "Lost the place")
    STAYS = "stays", pgettext_lazy("between two runs", "Stays")
    STILL_WAITING = "still-waiting", pgettext_lazy("between two runs", "Still without a place")


class Counted(models.TextChoices):
    """What a counted line stands for; each is one measure of the catalogue."""

    PLACES_OFFERED = "places_offered", _("Places offered")
    PLACES_FILLED = "places_filled", _("Places filled")
    STARTED = "placements_started", _("Placements started")
    COMPLETED = "completed", _("Placements completed")
    CONVERTED = "converted", _("Placements that led to a job")
    EXCHANGE_PEOPLE = "exchange_people", _("People on exchange")
    EXCHANGE_MONTHS = "exchange_months", _("Months of exchange")
    DOCTORAL_ENROLLED = "doctoral_enrolled", _("Joint doctoral candidates")
    DOCTORAL_COMPLETED = "doctoral_completed", _("Joint doctorates awarded")
    POSTDOC_MONTHS = "postdoc_months", _("Fellow-months")
    SATISFACTION = "satisfaction", _("Satisfaction")


class WorkflowActor(StrEnum):
    """Who takes a step of a workflow; what the clock takes is taken by itself once its needs are met."""

    APPLICANT = "applicant"
    OFFICE = "office"
    CLOCK = "clock"


class Need(StrEnum):
    """What a step of a workflow may need; each is a fact that is worked out from records, never ticked."""

    FORM_COMPLETE = "form-complete"
    IN_TIME = "in-time"
    ELIGIBLE = "eligible"
    CO_APPLICANTS_JOINED = "co-applicants-joined"
    ENQUIRIES_ANSWERED = "enquiries-answered"
    REVIEWS_IN = "reviews-in"
    ONE_REVIEW_IN = "one-review-in"
    DECIDED_ACCEPT = "decided-accept"
    DECIDED_RESERVE = "decided-reserve"
    DECIDED_DECLINE = "decided-decline"
    DECIDED_REVISE = "decided-revise"
    TOLD = "told"
    OFFERED = "offered"
    OFFER_ACCEPTED = "offer-accepted"
    OFFER_ENDED = "offer-ended"
    NO_OPEN_OFFER = "no-open-offer"
    PLACEMENT_COMPLETED = "placement-completed"


class Ask(StrEnum):
    """What whoever takes a step of a workflow is asked for."""

    REASON = "reason"
    NOTE = "note"
    QUESTION = "question"
    DUE = "due"


class Permission(StrEnum):
    """What the programmes guard."""

    SEE = "programmes.see"
    RUN = "programmes.run"
    SEE_APPLICATIONS = "programmes.see-applications"
    DECIDE = "programmes.decide"
    APPLY = "programmes.apply"
    KEEP_PLACES = "programmes.keep-places"
    SEE_PLACEMENT = "programmes.see-placement"
    KEEP_PLACEMENTS = "programmes.keep-placements"
