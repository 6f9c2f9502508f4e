"""Choices of the work space."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REPORT_QUARTER = "workspace.report-quarter"
"""What a link is for by which a team without an account reports its quarter."""

ANSWER_OFFER = "workspace.answer-offer"
"""What a link is for by which a team without an account accepts or declines an offer of space."""

SHOW_WALL = "workspace.show-wall"
"""What a link is for by which a display in the house shows what is on where, without an account."""


class SpaceKind(models.TextChoices):
    """What a space is used as."""

    OFFICE = "office", pgettext_lazy("a space", "Office")
    LAB = "lab", pgettext_lazy("a space", "Laboratory")
    ROOM = "room", pgettext_lazy("a space", "Meeting room")
    DESK = "desk", pgettext_lazy("a space", "Desk")
    EQUIPMENT = "equipment", pgettext_lazy("a space", "Equipment")
    COMMON = "common", pgettext_lazy("a space", "Common area")


LETTABLE = (SpaceKind.OFFICE, SpaceKind.LAB, SpaceKind.DESK)
"""What teams have by contract; the rest is booked, or is for all."""


class SpaceState(models.TextChoices):
    """How a space stands on a day."""

    FREE = "free", pgettext_lazy("a space", "Free")
    ENDING = "ending", _("Let, ends soon")
    LET = "let", pgettext_lazy("a space", "Let")
    BOOKABLE = "bookable", _("Can be booked")
    COMMON = "common", _("For all")
    SHUT = "shut", _("Closed for now")
    CLOSED = "closed", _("Not in operation")


class BookingMode(models.TextChoices):
    """In what portions a space is booked."""

    TIME = "time", _("By time")
    HALF_DAY = "half_day", _("By half day")
    DAY = "day", _("By day")


class OccurrenceKind(models.TextChoices):
    """Why a space is taken for a while."""

    BOOKING = "booking", _("Booking")
    CLOSURE = "closure", _("Closure")
    TENANCY = "tenancy", pgettext_lazy("why a space is taken", "Tenancy")


class OccurrenceState(models.TextChoices):
    """Where one date of a booking stands."""

    REQUESTED = "requested", _("Waits for approval")
    WAITING = "waiting", _("On the waiting list")
    CONFIRMED = "confirmed", pgettext_lazy("a booking", "Confirmed")
    ATTENDED = "attended", _("Checked in")
    NO_SHOW = "no_show", _("Released: nobody came")
    CANCELLED = "cancelled", _("Cancelled")
    DECLINED = "declined", pgettext_lazy("a booking", "Declined")


HOLDING = (OccurrenceState.CONFIRMED, OccurrenceState.ATTENDED)
"""The states in which a date keeps others out; all others stand outside the constraint."""

PENDING = (OccurrenceState.REQUESTED, OccurrenceState.WAITING)
"""The states in which a date may still become one that holds."""


class TeamKind(models.TextChoices):
    """What a team is in the work space."""

    INCUBATED = "incubated", _("Incubated team")
    SERVICE = "service", _("Service firm")
    PARTNER = "partner", _("Partner organisation")


class Origin(models.TextChoices):
    """Where a team comes from."""

    DOMESTIC = "domestic", _("Domestic")
    INTERNATIONAL = "international", _("International")


class Stage(models.TextChoices):
    """How far a team's business is."""

    IDEA = "idea", pgettext_lazy("stage of a team", "Idea")
    SEED = "seed", pgettext_lazy("stage of a team", "Seed")
    EARLY = "early", pgettext_lazy("stage of a team", "Early")
    GROWTH = "growth", pgettext_lazy("stage of a team", "Growth")
    MATURE = "mature", pgettext_lazy("stage of a team", "Mature")


class Standing(models.TextChoices):
    """How a team stands to the work space on a day, worked out from tenancies, wishes and graduations."""

    RESIDENT = "resident", pgettext_lazy("a team", "Resident")
    WAITING = "waiting", pgettext_lazy("a team", "Waits for space")
    GRADUATED = "graduated", pgettext_lazy("a team", "Graduated")
    LEFT = "left", pgettext_lazy("a team", "Left")
    REGISTERED = "registered", pgettext_lazy("a team", "Registered")


class MemberRole(models.TextChoices):
    """What somebody is in a team."""

    LEAD = "lead", pgettext_lazy("in a team", "Lead")
    MEMBER = "member", pgettext_lazy("in a team", "Member")


class FundingKind(models.TextChoices):
    """What sort of capital a team received."""

    EQUITY = "equity", _("Equity investment")
    DEBT = "debt", _("Loan")
    GRANT = "grant", pgettext_lazy("capital", "Grant")


class ReportFlag(models.TextChoices):
    """Why a report deserves a second look."""

    LATE = "late", pgettext_lazy("a report", "Late")
    JUMP = "jump", _("More than doubled or halved")
    RESEARCH_OVER_JOBS = "research_over_jobs", _("More researchers than jobs")
    NOBODY = "nobody", _("No jobs at all")
    CROWDED = "crowded", _("Less than 4 m² a person")
    UNCHANGED = "unchanged", _("Same as the last four times")


class ApplicationState(models.TextChoices):
    """Where a wish for space stands."""

    WAITING = "waiting", pgettext_lazy("a wish for space", "Waiting")
    OFFERED = "offered", pgettext_lazy("a wish for space", "Offered a space")
    PLACED = "placed", pgettext_lazy("a wish for space", "Placed")
    WITHDRAWN = "withdrawn", pgettext_lazy("a wish for space", "Withdrawn")
    REFUSED = "refused", pgettext_lazy("a wish for space", "Refused")


class TenancyState(models.TextChoices):
    """Where a tenancy stands."""

    OFFERED = "offered", pgettext_lazy("a tenancy", "Offered")
    SIGNED = "signed", pgettext_lazy("a tenancy", "Signed")
    DECLINED = "declined", pgettext_lazy("a tenancy", "Declined by the team")
    LAPSED = "lapsed", pgettext_lazy("a tenancy", "Offer lapsed")
    ENDED = "ended", pgettext_lazy("a tenancy", "Ended")


class EndReason(models.TextChoices):
    """Why a team left."""

    GRADUATED = "graduated", pgettext_lazy("a tenancy", "Graduated")
    TERM = "term", _("End of term")
    EARLY = "early", _("Left early")
    BREACH = "breach", _("Breach of contract")
    CEASED = "ceased", _("Ceased to trade")


class GraduationRule(models.TextChoices):
    """By which rule a team graduates (MoST 2018/300)."""

    HIGH_TECH = "high_tech", _("Recognised as a high-tech enterprise")
    CAPITAL = "capital", _("Over CNY 5 million of angel or venture capital")
    REVENUE = "revenue", _("Over CNY 10 million revenue in two consecutive years")
    MERGED = "merged", _("Merged or acquired")
    LISTED = "listed", _("Listed on a stock exchange")


class Fate(models.TextChoices):
    """How a graduate fares when asked."""

    TRADING = "trading", _("Still trading")
    MERGED = "merged", _("Merged or acquired")
    CEASED = "ceased", _("Ceased to trade")


class SessionState(models.TextChoices):
    """Where an hour of a mentor stands."""

    OFFERED = "offered", pgettext_lazy("an hour of a mentor", "Free")
    BOOKED = "booked", pgettext_lazy("an hour of a mentor", "Booked")
    HELD = "held", pgettext_lazy("an hour of a mentor", "Held")
    MISSED = "missed", pgettext_lazy("an hour of a mentor", "Missed")
    CANCELLED = "cancelled", pgettext_lazy("an hour of a mentor", "Cancelled")


class PlanState(models.TextChoices):
    """Where a plan of moves stands."""

    DRAFT = "draft", pgettext_lazy("a plan", "Draft")
    PUBLISHED = "published", pgettext_lazy("a plan", "Published")
    DROPPED = "dropped", pgettext_lazy("a plan", "Dropped")


class PlanOrder(models.TextChoices):
    """In which order a plan places teams."""

    STATED = "stated", _("As the waiting list: agreement, stage, day")
    AGREEMENT = "agreement", _("Agreement first, then the day of application")
    DAY = "day", _("The day of application alone")


class PlanMethod(models.TextChoices):
    """How a plan is worked out."""

    RULE = "rule", _("Best fit with trades, at once")
    SEARCH = "search", _("Search for the best plan, some seconds")


class PlanProof(models.TextChoices):
    """How good a plan is known to be."""

    PROVEN = "proven", _("Proven best")
    OPTIMAL = "optimal", _("Best among the places looked at")
    FEASIBLE = "feasible", _("Keeps all rules; a better one may exist")


class CriterionValue(StrEnum):
    """What a criterion of a zone can ask for: a number that is worked out from the site's records."""

    AREA = "area"
    AREA_SHARE = "area_share"
    TEAMS = "teams"
    DENSITY = "density"
    FUNDED_SHARE = "funded_share"
    SEED_FUND = "seed_fund"
    SEED_CASES = "seed_cases"
    STAFF_SHARE = "staff_share"
    STAFF_PER_TEN = "staff_per_ten"
    MENTORS_PER_TEN = "mentors_per_ten"
    APPLIED_SHARE = "applied_share"
    HELD_SHARE = "held_share"
    GRADUATES = "graduates"


class CriterionState(models.TextChoices):
    """How a criterion stands on a day."""

    MET = "met", pgettext_lazy("a criterion", "Met")
    UNMET = "unmet", pgettext_lazy("a criterion", "Not met")
    UNMEASURED = "unmeasured", pgettext_lazy("a criterion", "Not measured")
    UNBOUND = "unbound", pgettext_lazy("a criterion", "Counted only")


class Permission(StrEnum):
    """What the work space guards."""

    SEE = "workspace.see"
    SEE_TERMS = "workspace.see-terms"
    KEEP_SPACES = "workspace.keep-spaces"
    KEEP_TEAMS = "workspace.keep-teams"
    KEEP_BOOKINGS = "workspace.keep-bookings"
    BOOK = "workspace.book"
    REPORT = "workspace.report"
    PLAN = "workspace.plan"
