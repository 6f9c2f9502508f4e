"""Tables of the work space."""

from accord.workspace.models._bookings import Booking, BookingGuest, CalendarFeed, Closure, Occurrence, QuotaUse
from accord.workspace.models._care import (
    Announcement,
    Event,
    EventPlace,
    Mentor,
    MentorSession,
    SeedFund,
    Service,
    ServiceUse,
    StaffMember,
)
from accord.workspace.models._plans import Plan, PlanLine
from accord.workspace.models._sites import BookingPolicy, Building, Floor, FloorRun, Site, Space
from accord.workspace.models._teams import (
    FollowUp,
    Funding,
    Graduation,
    ReportRound,
    Team,
    TeamMember,
    TeamReport,
    TeamSpan,
)
from accord.workspace.models._tenancies import Application, Tenancy, TenancySpace

__all__ = [
    "Announcement",
    "Application",
    "Booking",
    "BookingGuest",
    "BookingPolicy",
    "Building",
    "CalendarFeed",
    "Closure",
    "Event",
    "EventPlace",
    "Floor",
    "FloorRun",
    "FollowUp",
    "Funding",
    "Graduation",
    "Mentor",
    "MentorSession",
    "Occurrence",
    "Plan",
    "PlanLine",
    "QuotaUse",
    "ReportRound",
    "SeedFund",
    "Service",
    "ServiceUse",
    "Site",
    "Space",
    "StaffMember",
    "Team",
    "TeamMember",
    "TeamReport",
    "TeamSpan",
    "Tenancy",
    "TenancySpace",
]
