"""What is typed into a long form is kept, offered back to its author alone, and dropped once it is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import reverse
from tests.cast import Cast, Member

from accord.people import operations
from accord.people.middleware import DraftMiddleware
from accord.people.models import FormDraft
from accord.people.queries import actor_for, find_draft
from accord.people.tasks import forget_drafts
from accord.ui import drafts
from accord.ui.forms import BilingualField, Form

pytestmark = pytest.mark.django_db
AT = datetime(2019, 9, 30, 12, tzinfo=UTC)
PATH = "/long/form/"
KEEP = reverse("people:keep-draft")


class Long(Form):
    autosaved = True
    name = BilingualField(label="Name")


def keep(member: Member, **typed: str) -> HttpResponse:
    return member.client.post(KEEP, {"path": PATH, "autosave": KEEP, **typed})


def through(member: Member, method: str = "get", data: dict[str, str] | None = None, status: int = 200) -> Form:
    """Let the member's request pass the middleware; return the form that a door would make."""
    request = getattr(RequestFactory(), method)(PATH, data or {})
    request.actor = actor_for(member.person.account, on=AT.date())
    made: list[Form] = []

    def door(asked) -> HttpResponse:
        made.append(drafts.opened(asked, Long))
        return HttpResponse(status=status) if status == 200 else HttpResponseRedirect("/done/")

    DraftMiddleware(door)(request)
    return made[0]


def test_what_was_typed_is_kept_and_offered_back(cast: Cast) -> None:
    answer = keep(cast.owner, name_0="Half a na", name_1="半")

    form = through(cast.owner)
    assert answer.status_code == 204
    assert form.offer is not None
    assert (form.offer.continue_url, form.is_bound) == ("?draft=continue", False)
    assert dict(form.carried)["autosave"] == KEEP


def test_going_on_fills_the_form_and_complains_of_nothing_yet(cast: Cast) -> None:
    keep(cast.owner, name_0="")

    form = through(cast.owner, data={"draft": "continue"})

    assert (form.is_bound, form.errors, form.offer) == (True, {}, None)


def test_a_later_draft_takes_the_place_of_the_earlier_one(cast: Cast) -> None:
    keep(cast.owner, name_0="A")
    keep(cast.owner, name_0="AB")

    assert [draft.sent for draft in FormDraft.objects.all()] == [{"name_0": ["AB"]}]


def test_secrets_are_never_kept(cast: Cast) -> None:
    keep(cast.owner, name_0="A", new_password="planted", api_token="planted", csrfmiddlewaretoken="planted")

    assert FormDraft.objects.get().sent == {"name_0": ["A"]}


def test_a_draft_is_its_authors_alone(cast: Cast) -> None:
    keep(cast.owner, name_0="A")

    assert through(cast.partner).offer is None
    assert find_draft(None, PATH) is None


def test_a_draft_is_dropped_when_the_form_leads_elsewhere_and_kept_when_it_does_not(cast: Cast) -> None:
    keep(cast.owner, name_0="A")

    through(cast.owner, "post", {"autosave": KEEP, "name_0": ""})
    assert FormDraft.objects.count() == 1
    through(cast.owner, "post", {"autosave": KEEP, "name_0": "A"}, status=302)
    assert FormDraft.objects.count() == 0


def test_a_reader_discards_a_draft_and_comes_back_to_the_form(cast: Cast) -> None:
    keep(cast.owner, name_0="A")

    answer = cast.owner.client.post(reverse("people:drop-draft"), {"path": PATH})

    assert (answer.status_code, answer["Location"], FormDraft.objects.count()) == (302, PATH, 0)


def test_discarding_leads_to_no_other_site(cast: Cast) -> None:
    answer = cast.owner.client.post(reverse("people:drop-draft"), {"path": "https://elsewhere.example/"})

    assert answer["Location"] == reverse("portal:home")


@pytest.mark.parametrize(
    "path", ["", "elsewhere", "//elsewhere.example/", "https://elsewhere.example/", "/" + "x" * 300]
)
def test_a_draft_belongs_to_an_address_of_this_installation(cast: Cast, path: str) -> None:
    answer = cast.owner.client.post(KEEP, {"path": path, "name_0": "A"})

    assert (answer.status_code, FormDraft.objects.count()) == (422, 0)


def test_a_draft_that_is_too_long_is_refused(cast: Cast) -> None:
    assert keep(cast.owner, name_0="x" * 200_001).status_code == 422


def test_drafts_are_forgotten_after_a_month(cast: Cast) -> None:
    now = datetime.now(UTC)
    for path, days in (("/old/", 31), ("/new/", 29)):
        operations.keep_draft(
            person_id=cast.owner.person.pk, path=path, sent={"a": ["b"]}, at=now - timedelta(days=days)
        )

    assert (forget_drafts(0), forget_drafts(0)) == (1, 0)
    assert [draft.path for draft in FormDraft.objects.all()] == ["/new/"]
