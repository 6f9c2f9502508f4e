"""Tables of the programmes."""

from accord.programmes.models._applications import (
    Application,
    CoApplicant,
    Enquiry,
    LikenessVerdict,
    OfficeNote,
    Step,
)
from accord.programmes.models._calls import (
    Call,
    CallDate,
    FormVersion,
    Programme,
    SavedForm,
)
from accord.programmes.models._counted import CountedLine
from accord.programmes.models._decisions import (
    Decision,
    Slate,
)
from accord.programmes.models._matches import (
    MatchLine,
    MatchRun,
    Offer,
    Seat,
)
from accord.programmes.models._placements import (
    CheckIn,
    DiaryEntry,
    Evaluation,
    Hiring,
    LearningAgreement,
    LearningSignature,
    Leave,
    Milestone,
    Placement,
    Stipend,
    Supervisor,
)
from accord.programmes.models._places import (
    Bar,
    FixedPlace,
    Host,
    HostRank,
    Limit,
    Place,
    ReservedSeats,
    Wish,
)

__all__ = [
    "Application",
    "Bar",
    "Call",
    "CallDate",
    "CheckIn",
    "CoApplicant",
    "CountedLine",
    "Decision",
    "DiaryEntry",
    "Enquiry",
    "Evaluation",
    "FixedPlace",
    "FormVersion",
    "Hiring",
    "Host",
    "HostRank",
    "LearningAgreement",
    "LearningSignature",
    "Leave",
    "LikenessVerdict",
    "Limit",
    "MatchLine",
    "MatchRun",
    "Milestone",
    "Offer",
    "OfficeNote",
    "Place",
    "Placement",
    "Programme",
    "ReservedSeats",
    "SavedForm",
    "Seat",
    "Slate",
    "Step",
    "Stipend",
    "Supervisor",
    "Wish",
]
