"""What the portal puts together: what waits, what is found, where to go."""

from accord.portal.queries._places import Place, commands_like, pages_like, views_like
from accord.portal.queries._search import MOST, PAGE, FoundGroup, search_all, search_kinds, search_page
from accord.portal.queries._waiting import (
    Urgency,
    WaitingGroup,
    WaitingRow,
    waiting_groups,
    waiting_names,
    waiting_rows,
)
from accord.portal.queries._which import WITH_AGREEMENT, WithAgreement, agreements_for, may_begin

__all__ = [
    "MOST",
    "PAGE",
    "WITH_AGREEMENT",
    "FoundGroup",
    "Place",
    "Urgency",
    "WaitingGroup",
    "WaitingRow",
    "WithAgreement",
    "agreements_for",
    "commands_like",
    "may_begin",
    "pages_like",
    "search_all",
    "search_kinds",
    "search_page",
    "views_like",
    "waiting_groups",
    "waiting_names",
    "waiting_rows",
]
