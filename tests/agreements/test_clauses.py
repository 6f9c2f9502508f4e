"""Clauses in the database: as signed, with later texts beside them, and back into the same file."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from tests.agreements.contracts import AT, JOINTLY, LIABILITY, RESULTS, SOLD, apply, read
from tests.cast import Cast

from accord.agreements import operations, queries
from accord.agreements.enums import IP_MEANINGS, ClauseType, IpMode
from accord.agreements.models import Clause, ClauseAmendment
from accord.engines import agreementfile as engine

pytestmark = pytest.mark.django_db
AMENDED = replace(RESULTS, amendments=(JOINTLY,))


def test_everything_the_file_learnt_comes_back_out_of_the_database() -> None:
    earlier = apply(
        read("zju-ant"),
        key="earlier",
        parties=read().parties,
        promises=read().promises,
        sections=read().sections,
        sources=read().sources,
        facts=(),
    )
    file = replace(
        read(),
        clauses=(AMENDED, LIABILITY),
        term=engine.Term(date(2019, 6, 22), date(2022, 6, 21), date(2021, 6, 1)),
        notice_days=90,
        renews=earlier.key,
        terminated=SOLD,
    )

    agreement = operations.apply_file(new=file, by=None, at=AT).agreement

    assert queries.as_file(agreement) == file
    assert queries.file_text(agreement) == engine.write(file)
    assert operations.apply_file(new=file, by=None, at=AT).differences == ()


def test_signed_clause_is_not_rewritten_and_nothing_else_is_applied() -> None:
    apply(read(), clauses=(RESULTS, LIABILITY))
    other = replace(RESULTS, text=engine.Bilingual("The company owns everything."))

    with pytest.raises(operations.PromiseFrozen) as refused:
        apply(read(), clauses=(other, LIABILITY), public=True)

    assert "clauses[results].text" in str(refused.value)
    assert Clause.objects.get(key="results").text.en == "Each party owns what it makes."
    assert not Clause.objects.get(key="results").agreement.is_public


def test_draft_may_lose_a_clause() -> None:
    start = date(2019, 7, 1)
    draft = replace(
        read(), signed=None, promises=tuple(replace(one, start=one.start or start) for one in read().promises)
    )
    apply(draft, clauses=(RESULTS, LIABILITY))

    agreement = apply(draft, clauses=(LIABILITY,))

    assert list(agreement.clauses.values_list("key", flat=True)) == ["liability"]


def test_later_text_stands_beside_the_signed_one_with_what_changed() -> None:
    apply(read(), clauses=(RESULTS, LIABILITY))

    agreement = apply(read(), clauses=(AMENDED, LIABILITY))

    results, liability = queries.clauses_of(agreement)
    assert (results.signed.text.en, results.signed.agreed_on) == (RESULTS.text.en, date(2019, 6, 22))
    assert [(one.agreed_on, one.text.en, one.why.en) for one in results.later] == [
        (JOINTLY.agreed, JOINTLY.text.en, JOINTLY.why.en)
    ]
    pieces = results.later[0].pieces
    assert "".join(one.text for one in pieces if one.kind != "added") == RESULTS.text.en
    assert "".join(one.text for one in pieces if one.kind != "removed") == JOINTLY.text.en
    assert (liability.later, liability.ip_mode, liability.number) == ((), None, 2)
    assert ClauseAmendment.objects.count() == 1


def test_choices_are_those_of_the_file_and_each_mode_has_a_meaning() -> None:
    assert [one.value for one in ClauseType] == [one.value for one in engine.ClauseType]
    assert [one.value for one in IpMode] == [one.value for one in engine.IpMode]
    assert set(IP_MEANINGS) == set(IpMode)


def test_checklist_names_what_the_clauses_leave_out() -> None:
    missing = queries.missing_types([ClauseType.LIABILITY, ClauseType.OTHER])

    assert len(missing) == len(ClauseType) - 2
    assert not {ClauseType.LIABILITY, ClauseType.OTHER} & set(missing)


def test_text_page_links_to_every_clause_and_shows_both_texts(cast: Cast) -> None:
    apply(read(), clauses=(AMENDED, LIABILITY))

    page = cast.partner.client.get(reverse("agreements:text", args=["chengdu-cass"])).content.decode()

    for words in (
        'href="#clause-results"',
        'id="clause-results"',
        RESULTS.text.en,
        JOINTLY.text.en,
        JOINTLY.why.en,
        "Each owns what it makes",
        "<del>Each",
        "<ins>All",
    ):
        assert words in page


def test_text_page_without_clauses_has_no_empty_heading(cast: Cast) -> None:
    page = cast.partner.client.get(reverse("agreements:text", args=["chengdu-cass"])).content.decode()

    assert 'id="clauses"' not in page
    assert 'id="promises"' in page
