"""Requested changes at the clause: asked, replied to, accepted with their wording, declined with a reason."""

from dataclasses import replace

import pytest
from tests.negotiation.table import PROMISE, Table

from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.negotiation import operations, queries
from accord.negotiation.enums import RequestState
from accord.negotiation.models import ChangeRequest, DraftClause, Reply
from accord.negotiation.operations import ClauseWording, NotNow
from accord.outbox.models import InboxNote

SIXTY = "Either party may publish after sixty days."


def row(table: Table) -> DraftClause:
    """Return the clause of the draft."""
    return DraftClause.objects.get(negotiation=table.negotiation, key="publication")


def test_accepted_wording_stands_in_the_draft_and_in_the_next_version(table: Table) -> None:
    table.put_forward()
    request = table.ask(proposed=SIXTY)

    operations.accept_request(
        request=request,
        version=request.version,
        why="",
        row_version=row(table).version,
        by=table.cast.owner.person,
        at=table.at(),
    )

    assert row(table).text == Bilingual(SIXTY, "任何一方可在三十日后发表。")
    assert SIXTY in table.put_forward().text


def test_wording_is_not_taken_over_into_a_clause_that_changed_since_it_was_seen(table: Table) -> None:
    table.put_forward()
    request = table.ask(proposed=SIXTY)
    seen = row(table).version
    table.reword("Nobody publishes.")

    with pytest.raises(Clash):
        operations.accept_request(
            request=request,
            version=request.version,
            why="",
            row_version=seen,
            by=table.cast.owner.person,
            at=table.at(),
        )

    assert (row(table).text.en, ChangeRequest.objects.get().state) == ("Nobody publishes.", RequestState.OPEN)


def test_declining_needs_a_reason(table: Table) -> None:
    table.put_forward()
    request = table.ask()

    with pytest.raises(Refused, match="Enter the reason"):
        operations.decline_request(
            request=request, version=request.version, why=" ", by=table.cast.owner.person, at=table.at()
        )


def test_new_text_waits_until_every_request_is_answered(table: Table) -> None:
    table.put_forward()
    request = table.ask()
    table.reword("Nobody publishes.")

    with pytest.raises(NotNow, match="wait for an answer"):
        table.put_forward()
    operations.decline_request(
        request=request, version=request.version, why="Not now.", by=table.cast.owner.person, at=table.at()
    )

    assert table.put_forward().number == 2


def test_same_request_twice_is_one(table: Table) -> None:
    table.put_forward()

    assert table.ask() == table.ask()


def test_change_is_asked_of_the_latest_text_alone(table: Table) -> None:
    first = table.put_forward()
    table.reword("Nobody publishes.")
    table.put_forward()

    with pytest.raises(NotNow, match="later version"):
        operations.ask_for_change(
            text=first,
            party=table.theirs,
            place="clause:publication",
            asked="Why?",
            proposed=Bilingual(),
            by=table.cast.partner.person,
            at=table.at(),
        )


def test_request_names_a_place_that_the_text_has(table: Table) -> None:
    text = table.put_forward()

    with pytest.raises(Refused, match="no such place"):
        operations.ask_for_change(
            text=text,
            party=table.theirs,
            place="clause:unknown",
            asked="Why?",
            proposed=Bilingual(),
            by=table.cast.partner.person,
            at=table.at(),
        )


def test_other_party_cannot_take_a_request_back(table: Table) -> None:
    table.put_forward()
    request = table.ask()

    with pytest.raises(NotAllowed):
        operations.take_back_request(request=request, party=table.ours, by=table.cast.owner.person, at=table.at())


def test_party_that_asked_approves_once_it_took_the_request_back(table: Table) -> None:
    table.put_forward()
    request = table.ask()
    with pytest.raises(NotNow, match="still open"):
        table.approve(table.theirs)

    operations.take_back_request(request=request, party=table.theirs, by=table.cast.partner.person, at=table.at())

    assert table.approve(table.theirs).party == table.theirs


def test_reply_reaches_the_others_and_not_its_author(table: Table) -> None:
    table.put_forward()
    request = table.ask()
    InboxNote.objects.all().delete()

    operations.reply(request=request, party=table.ours, text="Why sixty?", by=table.cast.owner.person, at=table.at())

    assert [one.text for one in Reply.objects.all()] == ["Why sixty?"]
    assert [note.person_id for note in InboxNote.objects.all()] == [table.cast.partner.person.pk]


def test_page_of_a_request_shows_the_proposed_wording_against_the_draft(table: Table) -> None:
    table.put_forward()
    request = table.ask(proposed=SIXTY)

    page = table.cast.owner.client.get(f"/negotiations/{table.negotiation.key}/requests/{request.pk}/").content.decode()

    assert '<del class="bad">thirty</del><ins class="good">sixty</ins>' in page


def test_requested_change_stands_at_its_clause_in_the_text(table: Table) -> None:
    table.put_forward()
    request = table.ask()

    page = table.cast.partner.client.get(f"/negotiations/{table.negotiation.key}/versions/1/").content.decode()

    clause = page[page.index('id="clause-publication"') :]
    assert f"/requests/{request.pk}/" in clause
    assert queries.find_request(table.negotiation, request.pk).place == "clause:publication"


def test_list_of_requests_names_the_place_in_words(table: Table) -> None:
    table.put_forward()
    table.ask()

    page = table.cast.owner.client.get(f"/negotiations/{table.negotiation.key}/requests/").content.decode()

    assert "<span>Publication</span>" in page
    assert "clause:publication" not in page


def test_draft_says_who_is_missing_in_a_promise_as_its_writer_sees_it(table: Table) -> None:
    table.promise(replace(PROMISE, beneficiaries=()))

    problems = queries.compose(queries.draft_of(table.negotiation)).errors

    assert [one.what for one in problems] == ["A promise names nobody to whom it is made."]


def test_difference_says_kind_and_owner_of_results_in_words(table: Table) -> None:
    table.put_forward()
    table.clause(ClauseWording("foreground-ip", Bilingual("Results", "成果"), Bilingual("Shared."), ip_mode="joint"))
    second = table.put_forward()

    found = queries.text_differences(table.negotiation.texts.get(number=1), second)

    assert [(one.label, one.after) for place in found for one in place.fields if not one.pieces] == [
        ("Type", "Foreground IP"),
        ("Who owns results", "Owned together"),
    ]
