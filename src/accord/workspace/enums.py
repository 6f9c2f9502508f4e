"""Choices of the work space."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REPORT_QUARTER = "workspace.report-quarter"
"""What a link is for by which a team without an account reports its quarter."""

ANSWER_OFFER = "workspace.answer-offer"
"""What a link is for by which a team without an account accepts or declines an offer of space."""


class SpaceKind(models.TextChoices):
    """What a space is used as."""

    OFFICE = "office", pgettext_lazy("a space", "Office")
    LAB = "lab", pgettext_lazy("a space", "Laboratory")
    ROOM = "room", pgettext_lazy("a space", "Meeting room")
    DESK = "desk", pgettext_lazy("a space", "Desk")
    EQUIPMENT = "equipment", pgettext_lazy("a space", "Equipment")
    COMMON = "common", pgettext_lazy("a space", "Common area")


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
