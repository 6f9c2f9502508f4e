"""Blindness that is proven: what is planted in `planted.py` is looked for behind every door, in every file and message.

A reviewer and the applicant go to every route of the product that names something of the call: pages, partials, lists as
files, downloads with their names and headers, wrong forms and what they answer, search, history, notices, the API.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.template import Template
from django.test import Client
from django.urls import reverse
from tests.api.conftest import caller_for
from tests.cast import Cast, Member
from tests.house.test_routes import Route, routes
from tests.review.planted import (
    OFFICE,
    OPINIONS,
    WHO_APPLIES,
    WHO_ELSE_REVIEWS,
    WHO_REVIEWS,
    Planted,
    judge_too,
    plant,
)

from accord.outbox.models import Delivery, InboxNote

pytestmark = pytest.mark.django_db
MODES = ("double", "single", "open")
PLACES = ("review:", "programmes:", "history:", "files:")
"""Apps whose every door is tried; of the rest those in `FURTHER`. Others know nothing of a call."""
FURTHER = ("portal:home", "portal:waiting", "outbox:inbox", "outbox:notice")
EVERYWHERE = (*PLACES, *FURTHER)
LISTS = ("csv", "xlsx", "json")
API = ("/panels", "/reviews", "/search", "/history", "/files", "/notices", "/programmes", "/applications")
ON_ASSIGNMENT = {
    f"review:{one}" for one in ("review", "open-item", "keep-draft", "give-back", "discussion", "item-file")
}
NOT_THERE = 404
BEGINNINGS = ("Quillf", "Vantong")
"""What is searched for: pages repeat it, and a find shows the whole."""


@dataclass(frozen=True)
class Met:
    """What somebody met at one address."""

    where: str
    words: str

    def shows(self, planted: Sequence[str]) -> list[str]:
        """Return which planted words stand here, however they are written."""
        return [one for one in planted if one in self.words]


def told(answer: Any) -> str:
    """Return all that an answer says, its headers and what is packed in it, in small letters."""
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        body = unpacked(body)
    heads = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.headers.items())
    return f"{heads}\n{body.decode('utf-8', errors='replace')}".lower()


def unpacked(body: bytes) -> bytes:
    from io import BytesIO  # noqa: PLC0415 (only a few answers are packed)
    from zipfile import ZipFile  # noqa: PLC0415 (the same)

    with ZipFile(BytesIO(body)) as packed:
        return b"\n".join(one.filename.encode() + b"\n" + packed.read(one) for one in packed.infolist())


def parts_of(planted: Planted) -> Mapping[str, Sequence[Any]]:
    """Return what the parts of addresses may name here."""
    application, item = planted.application, planted.item
    records = {
        "application": application.pk,
        "panel": planted.panel.pk,
        "review-item": item.pk,
        "call": application.call_id,
    }
    return {
        "programme": ["summer"],
        "call": ["2019"],
        "reference": [application.reference],
        "record": [f"{kind}:{pk}" for kind, pk in records.items()],
        "key": [str(planted.file)],
        "panelist": [planted.seats[0].pk],
        "assignment": [planted.assignments[0].pk],
        "item": [item.pk],
        "review": [planted.review.pk],
        "conflict": [planted.conflict.pk],
        "section": ["you"],
    }


def numbers_of(planted: Planted, route: str, who: Member) -> Sequence[int]:
    """Return what a bare number in the address of a route may be."""
    if route.startswith("files:"):
        return [planted.file]
    if route.startswith("outbox:"):
        return list(InboxNote.objects.filter(person=who.person).values_list("pk", flat=True))
    if route in {"review:statement", "review:relation", "review:bids", "review:invitation"}:
        return [one.pk for one in planted.seats]
    if route in ON_ASSIGNMENT:
        return [one.pk for one in planted.assignments]
    return [planted.panel.pk]


def addresses(planted: Planted, who: Member, places: tuple[str, ...]) -> Iterator[tuple[Route, str]]:
    """Yield every address that names something of the call, and those that name nothing."""
    known = parts_of(planted)
    for route in routes():
        if not route.name.startswith(places):
            continue
        usual = {**known, "pk": numbers_of(planted, route.name, who)}
        choices = [usual.get(name, [1] if kind == "int" else ["a-1"]) for name, kind in route.parts.items()]
        for chosen in product(*choices):
            yield route, reverse(route.name, kwargs=dict(zip(route.parts, chosen, strict=True)))


def walk(planted: Planted, who: Member, places: tuple[str, ...]) -> Iterator[Met]:
    """Go to every door of these apps as somebody: look, take lists as files, send an empty form, search for what is planted."""
    lists = set()
    for route, address in addresses(planted, who, places):
        if not is_let_in(who.client, address):
            continue
        status, met = ask(who.client, "get", address)
        yield met
        if 'data-list="' in met.words and route.name not in lists:
            lists.add(route.name)
            yield from (ask(who.client, "get", address, f"?format={kind}")[1] for kind in LISTS)
        if status in {200, 405} and route.name.startswith(PLACES):
            yield ask(who.client, "post", address)[1]
    if set(FURTHER) <= set(places):
        for name, place in product(BEGINNINGS, ("/search/", "/search/suggest/")):
            yield ask(who.client, "get", place, f"?q={name}")[1]
        yield from by_token(planted, who)
    yield from messages_to(who)


def is_let_in(client: Client, address: str) -> bool:
    """Say whether an address is there for somebody; that it is not is told by the same page everywhere."""
    with transaction.atomic(), patch.object(Template, "render", lambda _template, _context: ""):
        status = client.get(address).status_code
        transaction.set_rollback(True)
    return status != NOT_THERE


def ask(client: Client, method: str, address: str, query: str = "") -> tuple[int, Met]:
    """Ask one address, and take back whatever was written."""
    with transaction.atomic():
        answer = getattr(client, method)(address + query)
        words = told(answer)
        transaction.set_rollback(True)
    return answer.status_code, Met(f"{method} {address}{query}", words)


def by_token(planted: Planted, who: Member) -> Iterator[Met]:
    """Read everything that the API lets somebody read."""
    from accord.config.api import api  # noqa: PLC0415 (models exist only once Django is set up)

    caller, known = caller_for(who), parts_of(planted)
    for one in api.operations():
        if "GET" not in one.methods or not one.path.startswith(API):
            continue
        names = [part[1:-1] for part in one.path.split("/") if part.startswith("{")]
        choices = [[planted.panel.pk] if name == "number" else known.get(name, ["a-1"]) for name in names]
        for chosen in product(*choices):
            path = one.path.format(**dict(zip(names, chosen, strict=True)))
            yield Met(f"api {path}", told(caller.get(path)))


def messages_to(who: Member) -> Iterator[Met]:
    """Return what was mailed to somebody, or stands among their notices."""
    mailed = Delivery.objects.filter(person=who.person).select_related("message")
    noted = InboxNote.objects.filter(person=who.person).select_related("message")
    for one in (*mailed, *noted):
        message = one.message
        said = f"{message.subject.as_dict()} {message.body.as_dict()} {message.url} {message.letter} {message.data}"
        yield Met(f"message {message.key}", said.lower())


def leaks(met: Sequence[Met], hidden: Sequence[str]) -> dict[str, list[str]]:
    return {one.where: shown for one in met if (shown := one.shows(hidden))}


def hidden_from_reviewer(mode: str) -> tuple[str, ...]:
    """Return what a reviewer must not meet before the own review is in."""
    return {
        "double": (*WHO_APPLIES, *WHO_REVIEWS, *OPINIONS, *OFFICE),
        "single": (*WHO_REVIEWS, *OPINIONS, *OFFICE),
        "open": (*OPINIONS, *OFFICE),
    }[mode]


@pytest.mark.parametrize("mode", MODES)
def test_a_reviewer_meets_no_name_and_no_opinion_that_the_mode_hides(cast: Cast, mode: str) -> None:
    planted = plant(cast, mode)

    met = list(walk(planted, planted.undone, EVERYWHERE if mode == "double" else ("review:", *FURTHER)))

    assert len(met) > 20
    assert leaks(met, hidden_from_reviewer(mode)) == {}
    assert any("/files/" in one.where and "%pdf-1.4" in one.words for one in met)
    assert (leaks(met, WHO_APPLIES) == {}) == (mode == "double")


@pytest.mark.parametrize("mode", MODES)
def test_after_the_own_review_opinions_are_met_but_no_name(cast: Cast, mode: str) -> None:
    planted = plant(cast, mode)
    judge_too(planted)

    met = list(walk(planted, planted.undone, ("review:queue", *(sorted(ON_ASSIGNMENT)))))

    hidden = {"double": (*WHO_APPLIES, *WHO_REVIEWS), "single": WHO_REVIEWS, "open": ()}[mode]
    assert leaks(met, (*hidden, *OFFICE)) == {}
    assert {word for words in leaks(met, OPINIONS).values() for word in words} == set(OPINIONS)
    assert (leaks(met, WHO_REVIEWS) != {}) == (mode == "open")


def test_an_applicant_meets_no_reviewer_and_no_opinion(cast: Cast) -> None:
    planted = plant(cast, "double")

    met = list(walk(planted, planted.applicant, ("programmes:", "history:", "files:", *FURTHER)))

    assert leaks(met, (*WHO_REVIEWS, *WHO_ELSE_REVIEWS, *OPINIONS, *OFFICE)) == {}
    assert leaks(met, ("quillfeather",)) != {}
