"""Every door of every page and every operation of the API, asked by everybody: who may, who may not, what is written."""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import polib
import pytest
from tests.access import DONE
from tests.api.test_who_may import EVERY
from tests.house.stage import probes
from tests.house.test_routes import routes
from tests.house.walking import Seen, Walk, main_of
from tests.programmes import asked_applying

from accord.kernel.api import READ

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[2] / "src"
WRITES_WHEN_READ = {
    "mfa_view_recovery_codes": "notes that the codes were seen, so that they are not shown as new again",
    "mfa_download_recovery_codes": "the same",
}
SAMPLES = "ui:style"
"""Pages of samples, whose data is English in both languages."""
MEANT_IN_ENGLISH = {
    ("people:bring-in", "ORCID iD"): "the headings of a table to be brought in stand in both languages",
    ("api-pages:overview", "Connect a system"): "operations are called as the API's description calls them",
    ("api-pages:overview", "Check in"): "the same",
    ("api-pages:overview", "Work spaces"): "the same",
    ("api-pages:overview", "Report a quarter for a team"): "the same",
    ("api-pages:overview", "Prepare a call"): "the same",
    ("api-pages:overview", "Review panels"): "the same",
    ("api-pages:overview", "Held letters"): "the same",
    ("api-pages:problems", "Programmes of this kind end without a degree."): "problems are told as it tells them",
    ("programmes:bring-in-applications", "Your full name"): "the headings of a table stand in both languages",
}
OUTSIDER = 3
"""The outsider's column in the API's own table of answers; the owner's is the first."""
NOTED = {"people_accesstoken", "people_accesstokenevent"}
"""That a token was used is noted, about once an hour."""
OWN_APPLICATIONS = {name for name, row in asked_applying.STATUSES.items() if row[1] == "404"}
STEWARDS = {
    **dict.fromkeys(("confirm_evidence", "contest_evidence"), "403"),  # nobody decides but the other side
    **dict.fromkeys(("approve_version", "sign_version", "ask_for_change", "reply_to_request"), "403"),  # as a party
    **dict.fromkeys(("mark_notice_read", "mark_notice_unread", "drop_view"), "404"),  # own
    **dict.fromkeys(OWN_APPLICATIONS, "404"),
    "start_amendment": "409",  # one is under way on the stage
    "take_application_step": "409",  # a question to the applicant waits for its answer on the stage
}
"""What stewards are answered where it is not what the owner is answered."""

TAGS = {"en": "en", "zh-hans": "zh-Hans"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_every_route_has_a_probe() -> None:
    known = Counter(probe.route for probe in probes())

    assert {route.name for route in routes()} - set(known) == set()
    assert set(known) - {route.name for route in routes()} == set()
    assert [name for name, number in known.items() if number > 1] == []


def test_every_door_answers_each_role_as_its_probe_says(walk: Walk) -> None:
    answered = {_key(seen): seen.answer(walk.expected[_key(seen)]) for seen in (*walk.pages, *walk.sent)}

    assert len(answered) > 1000
    assert {key: answer for key, answer in answered.items() if answer != walk.expected[key]} == {}
    assert {(seen.route, seen.method): seen.status for seen in walk.closed if seen.status != 405} == {}


def test_looking_writes_nothing(walk: Walk) -> None:
    looked = [seen for seen in (*walk.pages, *walk.files) if seen.route not in WRITES_WHEN_READ]

    assert {_key(seen): seen.wrote for seen in looked if seen.wrote} == {}


def test_whoever_is_refused_writes_nothing(walk: Walk) -> None:
    refused = [seen for seen in (*walk.sent, *walk.closed) if walk.expected.get(_key(seen)) != DONE]

    assert len(refused) > 200
    wrote = {_key(seen): seen.wrote for seen in refused if seen.wrote and seen.status >= 400}
    assert {key: tables for key, tables in wrote.items() if key[0] not in WRITES_WHEN_READ} == {}


def test_every_operation_answers_stewards_and_outsiders_as_it_should(walk: Walk) -> None:
    answered = {(seen.route, seen.role): str(seen.status) for seen in walk.operations}
    wanted = {(name, "outsider by token"): row[OUTSIDER] for name, row in EVERY.items()}
    wanted |= {(name, "steward by token"): STEWARDS.get(name, row[0]) for name, row in EVERY.items()}

    assert {key: one for key, one in answered.items() if one != wanted.get(key, one)} == {}


def test_a_token_that_only_reads_changes_nothing(walk: Walk) -> None:
    from accord.config.api import api  # noqa: PLC0415 (models exist only once Django is set up)

    scopes = {operation.operation_id: operation.door.scope for operation in api.operations()}
    reader = {seen.route: seen for seen in walk.operations if seen.role == "reader by token"}
    wanted = {name: EVERY[name][0] if scopes[name] == READ else "403" for name in reader}

    assert {name for name, scope in scopes.items() if scope != READ} <= set(reader)
    assert {name: str(seen.status) for name, seen in reader.items() if str(seen.status) != wanted[name]} == {}
    refused = [seen for seen in walk.operations if seen.role == "reader by token" or seen.status >= 400]
    assert {(seen.route, seen.role): seen.wrote for seen in refused if set(seen.wrote) - NOTED} == {}


def test_pages_are_whole_in_both_languages(walk: Walk) -> None:
    pages = [seen for seen in walk.every if seen.is_page and seen.body]

    assert {_key(seen): seen.status for seen in walk.every if seen.status >= 500} == {}
    assert {_key(seen): seen.text.count("<h1") for seen in pages if seen.text.count("<h1") != 1} == {}
    assert [_key(seen) for seen in pages if f'<html lang="{TAGS[seen.language]}"' not in seen.text] == []
    assert [_key(seen) for seen in pages if not main_of(seen.text)] == []


def test_every_answer_bears_the_headers_that_protect_its_reader(walk: Walk) -> None:
    bare = {
        (name, seen.route) for seen in walk.every for name, value in HEADERS.items() if seen.headers.get(name) != value
    }
    open_wide = {
        seen.route for seen in walk.every if "default-src 'none'" not in seen.headers.get("Content-Security-Policy", "")
    }

    assert bare == set()
    assert open_wide == set()


def test_chinese_pages_say_nothing_of_ours_in_english(walk: Walk) -> None:
    english = _sentences_of_ours()
    pages = [seen for seen in walk.every if seen.is_page and not seen.route.startswith(SAMPLES)]
    chinese = [seen for seen in pages if seen.language != "en"]

    left = {(seen.route, words) for seen in chinese for words in _words(seen) & english}

    assert len(chinese) > 100
    assert left - set(MEANT_IN_ENGLISH) == set()


def _sentences_of_ours() -> frozenset[str]:
    """Return what our catalogues translate, as it stands in English: two words or more, without anything filled in."""
    entries = [entry for path in SOURCE.glob("accord/*/locale/zh_Hans/**/django.po") for entry in polib.pofile(path)]
    return frozenset(
        one.msgid for one in entries if " " in one.msgid and not set("%{<") & set(one.msgid) and one.msgstr != one.msgid
    )


def _words(page: Seen) -> set[str]:
    """Return the pieces of text that a page is made of."""
    return {unescape(piece).strip() for piece in re.split(r"<[^>]+>", page.text)}


def _key(seen: Seen) -> tuple[str, str, str]:
    return seen.route, seen.method, seen.role
