"""What operations on a panel refuse, and how it is mended."""

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.review.models import Panel


class PanelClosed(Refused):
    """A closed panel changes no more until it is opened again."""

    code = "panel-closed"
    status = 409


class RubricInUse(Refused):
    """A rubric that a panel uses stands as it is."""

    code = "rubric-in-use"
    status = 409


class RubricUnclear(Refused):
    """A rubric has criteria, each with its own key and a scale that ascends."""

    code = "rubric-unclear"


class PanelUnclear(Refused):
    """A panel's numbers cannot be met together."""

    code = "panel-unclear"


class RulesStand(Refused):
    """Once a review is submitted, the rules it was written under stand."""

    code = "rules-stand"
    status = 409


class NotServing(Refused):
    """Only who accepted the invitation and was not removed reviews."""

    code = "not-serving"
    status = 409


class ItemWithdrawn(Refused):
    """A withdrawn item is reviewed no more."""

    code = "item-withdrawn"
    status = 409


class CodeTaken(Refused):
    """Every item of a panel has a code of its own."""

    code = "code-taken"
    status = 409


class InConflict(Refused):
    """Nobody reviews an item that they have a conflict of interest with."""

    code = "in-conflict"
    status = 409


class NotStated(Refused):
    """Before the first file opens, a reviewer states their conflicts."""

    code = "not-stated"
    status = 409


class ReasonMissing(Refused):
    """A step that somebody may ask about later says why."""

    code = "reason-missing"


class OwnConflict(NotAllowed):
    """Nobody lifts a conflict of their own."""

    code = "own-conflict"


class NotTheReviewer(NotAllowed):
    """A review is written by whom it is assigned to, in person."""

    code = "not-the-reviewer"


def refuse_closed(panel: Panel) -> None:
    """Raise `PanelClosed` where the panel is closed."""
    if panel.closed_at is not None:
        raise PanelClosed(_("This panel is closed. The office can open it again."))


def reasoned(reason: str) -> str:
    """Return a reason as it is kept. Raises `ReasonMissing` where there is none."""
    kept = reason.strip()
    if not kept:
        raise ReasonMissing(_("Say why. The reason is kept with it."), field="reason")
    return kept


def in_conflict(name: object, code: str) -> InConflict:
    """Return the refusal of an assignment against a conflict."""
    return InConflict(
        _("%(name)s has a conflict of interest with %(code)s. Assign somebody else, or lift the conflict.")
        % {"name": name, "code": code}
    )
