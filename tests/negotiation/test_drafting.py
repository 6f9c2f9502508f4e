"""The draft: two editors lose nothing, what is missing is named, and others do not read it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.negotiation.table import CLAUSE, PROMISE, Table

from accord.agreements.queries import as_file
from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.negotiation import operations, queries
from accord.negotiation.models import DraftClause, DraftPromise
from accord.negotiation.operations import DraftUnready
from accord.negotiation.operations._keys import key_of
from accord.negotiation.operations._start import months_later
from accord.people import operations as people

EDITOR = {"type": "publication", "title_0": "Publication", "title_1": "发表", "ip_mode": ""}


def test_second_editor_sees_before_theirs_and_yours(table: Table) -> None:
    url = f"/negotiations/{table.negotiation.key}/draft/clauses/publication/"
    first, second = (
        table.cast.owner.client.get(url).context["form"].carried,
        table.cast.steward.client.get(url).context["form"].carried,
    )
    saved = table.cast.owner.client.post(url, {**EDITOR, **dict(first), "text_0": "Ours.", "text_1": ""})

    clash = table.cast.steward.client.post(url, {**EDITOR, **dict(second), "text_0": "Theirs.", "text_1": ""})

    assert (saved.status_code, clash.status_code) == (302, 409)
    page = clash.content.decode()
    assert all(words in page for words in ("Either party may publish after thirty days.", "Ours.", "Theirs."))
    assert DraftClause.objects.get().text.en == "Ours."


def test_saving_the_same_words_again_is_no_new_version(table: Table) -> None:
    before = DraftClause.objects.get().version

    table.clause(CLAUSE, "publication", before)

    assert DraftClause.objects.get().version == before


def test_older_version_is_a_clash(table: Table) -> None:
    table.reword("Nobody publishes.")

    with pytest.raises(Clash):
        table.clause(replace(CLAUSE, text=Bilingual("Everybody publishes.")), "publication", 1)


def test_clause_that_was_taken_out_stays_in_the_history(table: Table) -> None:
    operations.remove_clause(
        negotiation=table.negotiation, key="publication", version=1, by=table.cast.owner.person, at=table.at()
    )

    assert [clause.key for clause in queries.draft_of(table.negotiation).clauses] == []
    assert DraftClause.objects.get().removed_by == table.cast.owner.person


def test_draft_without_promises_is_not_put_forward(table: Table) -> None:
    promise = DraftPromise.objects.get()
    operations.remove_promise(
        negotiation=table.negotiation, key=promise.key, version=1, by=table.cast.owner.person, at=table.at()
    )

    with pytest.raises(DraftUnready) as refused:
        table.put_forward()

    assert [problem.place for problem in refused.value.detail["problems"]] == ["promises"]


def test_what_is_missing_names_its_place(table: Table) -> None:
    table.promise(replace(PROMISE, title=Bilingual("Odd one"), measure_code="no.such_measure"))

    composed = queries.compose(queries.draft_of(table.negotiation))

    assert {problem.place for problem in composed.errors} == {"promise:odd-one"}


def test_draft_that_changed_since_it_was_read_is_not_put_forward(table: Table) -> None:
    read = queries.compose(queries.draft_of(table.negotiation)).digest
    table.reword("Nobody publishes.")

    with pytest.raises(Clash, match="changed since you read it"):
        operations.put_forward(
            negotiation=table.negotiation, digest=read, note=Bilingual(), by=table.cast.owner.person, at=table.at()
        )


def test_checklist_says_which_kinds_of_clause_are_there(table: Table) -> None:
    lines = queries.checklist(queries.compose(queries.draft_of(table.negotiation)).file)

    assert [line.type.value for line in lines if line.found] == ["publication"]
    assert len(lines) == 19


def test_party_that_stands_in_a_promise_stays(table: Table) -> None:
    with pytest.raises(Refused, match="stands in a promise"):
        operations.remove_party(party=table.theirs, by=table.cast.owner.person, at=table.at())


def test_third_party_has_to_approve_too(table: Table) -> None:
    other = people.ensure_institution(key="third", name=Bilingual("Third"), kind="association")
    operations.add_party(
        negotiation=table.negotiation, institution=other, signs=True, by=table.cast.owner.person, at=table.at()
    )

    text = table.put_forward()

    assert text.signing == [table.ours.pk, table.theirs.pk, table.party("third").pk]
    table.approve(table.ours)
    table.approve(table.theirs)
    assert table.fresh().state == "in-review"


def test_amendment_of_a_standing_promise_is_refused(amendment: Table) -> None:
    answer = amendment.cast.owner.client.get(
        f"/negotiations/{amendment.negotiation.key}/draft/promises/exchange-to-london/"
    )

    assert answer.status_code == 422
    assert "Add a new promise beside it" in answer.content.decode()


def test_renewal_begins_with_what_holds_and_says_what_it_renews(table: Table) -> None:
    table.put_forward()
    first = table.conclude().result
    renewal = operations.start_renewal(
        agreement=first, coordinator=table.cast.theirs.institution, by=table.cast.partner.person, at=table.at()
    )
    following = Table(table.cast, renewal, table.at())
    row = queries.promise_row(renewal, "fifty-interns")
    wording = replace(operations.promise_wording(DraftPromise.objects.get(negotiation=renewal)), target=Decimal(80))
    following.promise(wording, "fifty-interns", row.version)
    following.put_forward()

    done = following.conclude()

    made = as_file(done.result)
    assert (made.renews, made.promises[0].target, made.clauses[0].key) == (first.key, 80, "publication")
    assert as_file(first).promises[0].target == 50


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 6, 30), 36, date(2021, 6, 30)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2021, 2, 28), 36, date(2024, 2, 29)),
        (date(2021, 1, 30), 1, date(2021, 2, 28)),
        (date(2021, 12, 15), 1, date(2022, 1, 15)),
    ],
)
def test_renewed_deadline_is_the_same_day_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Joint laboratory for financial technology", "joint-laboratory-for"),
        ("Short", "short"),
        ("Donaudampfschifffahrtsgesellschaft", "donaudampfschifffahrtsge"),
        ("联合实验室", ""),
    ],
)
def test_key_ends_with_a_whole_word(words: str, key: str) -> None:
    assert key_of(words, 24) == key
