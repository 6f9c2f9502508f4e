"""The API that is served: which contexts take part, and how tokens are found.

To add a context: write its `api.py` (or `api/`) with `router = Router(tags=["…"])` and doors as
`accord.kernel.api.doors` shows them, then add the router to `ROUTERS` below. A list takes the `Table` of its page from
the context's `forms` (`accord.ui.listing`). Nothing else is needed: the description, the documentation pages, the
client and the tests that walk every operation follow from it.
"""

from datetime import datetime, timedelta

from django.urls import path

from accord import __version__
from accord.agreements.api import agreements, engagements
from accord.files.api import files
from accord.history.api import history
from accord.kernel.api import Api
from accord.measures.api import boards, evidence, measures
from accord.negotiation import api as negotiation
from accord.outbox.api import held_letters, notices, systems
from accord.people.api import router as people
from accord.people.api import views
from accord.people.operations import note_token_use
from accord.people.queries import TokenActor, token_actor
from accord.programmes.api import (
    answering,
    applications,
    applying,
    call_forms,
    calls,
    matching,
    placements,
    results,
    settled_slates,
    slates,
)
from accord.review.api import assignments as review_assignments
from accord.review.api import own_reviews
from accord.review.api import panels as review_panels
from accord.ui.apidocs import views as described
from accord.workspace.api import bookings, spaces, teams, tenancies

ROUTERS = (
    boards,
    agreements,
    engagements,
    evidence,
    measures,
    *negotiation.ROUTERS,
    files,
    history,
    notices,
    held_letters,
    systems,
    people,
    views,
    spaces,
    teams,
    bookings,
    tenancies,
    calls,
    call_forms,
    matching,
    applications,
    applying,
    answering,
    results,
    slates,
    settled_slates,
    placements,
    review_panels,
    review_assignments,
    own_reviews,
)
NOTED_EVERY = timedelta(hours=1)
_noted: dict[int, datetime] = {}


def find_token(secret: str, /, *, at: datetime) -> TokenActor | None:
    """Return who a token acts for, and keep that it was used, about once an hour."""
    found = token_actor(secret, at=at)
    if found is not None and at - _noted.get(found.token_id, at - NOTED_EVERY) >= NOTED_EVERY:
        _noted[found.token_id] = at
        note_token_use(token_id=found.token_id, at=at)
    return found


api = Api(
    find_token=find_token,
    title="Accord",
    version="1",
    description=(
        "Every promise of a signed agreement against what was delivered, counted from records. "
        "What a page may do, this may do, by the same rules."
    ),
    urls_namespace="api",
    openapi_extra={
        "info": {
            "x-accord-version": __version__,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": [
            {"name": "Boards", "description": "Promised against delivered, as of any day, with forecasts."},
            {"name": "Agreements", "description": "What was agreed, its file, and the meetings of the parties."},
            {"name": "Evidence", "description": "Deliveries, and what the two sides say of them."},
            {"name": "Measures", "description": "What promises are counted in."},
            {
                "name": "Negotiations",
                "description": "What parties put forward, ask, approve and sign.",
            },
            {"name": "Drafts", "description": "What the coordinator writes before it is put forward."},
            {"name": "Files", "description": "Papers of a record: attached, listed, handed out, taken away."},
            {"name": "History", "description": "What happened to a record, how it stood, and the chain of seals."},
            {"name": "Notices", "description": "What reached you, and what you want to be told."},
            {"name": "Held letters", "description": "Letters about people that another person lets go or calls off."},
            {"name": "Webhooks", "description": "Systems that are told at once what happens here."},
            {"name": "People", "description": "Who you are, and the institutions and people that you may see."},
            {"name": "Saved views", "description": "Lists as you filtered and sorted them."},
            {"name": "Bookings", "description": "What is free, bookings with their dates, and requests for approval."},
            {"name": "Work spaces", "description": "Sites, floors and spaces, and how they stand today."},
            {"name": "Teams", "description": "Resident teams, and what they report of themselves."},
            {"name": "Programmes", "description": "Calls, applications, decisions, places, matches and placements."},
            {"name": "Review panels", "description": "How far a panel is, its standings, and one's own reviews."},
        ],
    },
)
for _router in ROUTERS:
    api.add_router("", _router)

pages = [
    path("api/", described.overview, {"describe": api.describe}, name="overview"),
    path("api/operations/<str:code>/", described.operation, {"describe": api.describe}, name="operation"),
    path("api/problems/", described.problems, name="problems"),
    path("api/problems/<str:code>/", described.one_problem, name="problem"),
    path("api/v1/openapi.json", described.openapi, {"describe": api.describe}, name="openapi"),
]
"""The description, for people and for programs."""

beyond = [path("api/<path:rest>", described.unknown, name="unknown")]
"""Every other address under /api/; stands last."""
