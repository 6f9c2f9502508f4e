"""Random agreements that are right in every rule, for property tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from accord.engines.agreementfile import (
    AgreementFile,
    Amendment,
    Baseline,
    Bilingual,
    Citation,
    Clause,
    ClauseAmendment,
    ClauseType,
    Commitment,
    Done,
    Fact,
    IpMode,
    Party,
    PartyKind,
    PlanPoint,
    PromiseKind,
    Section,
    Signing,
    Source,
    StatedDate,
    Term,
    Terminated,
)

SIGNED = date(2020, 1, 15)
LATER = date(2020, 6, 1)
keys = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,6}){0,2}", fullmatch=True) | st.sampled_from(
    ["on", "no", "2020", "1e3"]
)
measures = st.sampled_from(["workspace.resident_teams", "learning.learner_days", "a.b.c_d"])
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
amounts = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(999_999_999), places=4)
stated_days = st.one_of(
    st.builds(StatedDate, st.integers(1900, 2019)),
    st.builds(StatedDate, st.integers(1900, 2019), st.integers(1, 12)),
    st.builds(StatedDate, st.integers(1900, 2019), st.integers(1, 12), st.integers(1, 28)),
)
letters = st.characters(exclude_categories=["Cs", "Cc"])
awkward = st.sampled_from(
    [
        "yes",
        "NO",
        "1e3",
        "null",
        "~",
        "2020-01-01",
        "12:30",
        "a: b",
        "#x",
        "a #b",
        "- a",
        "{a}",
        "'",
        '"',
        "\\",
        "a, b",
        "& * ! | > %",
        "约 300 家",
        "甲：乙",
        "0o17",
        "=",
        "<<",
        "?",
        ": a",
        "long word " * 15,
        "很长的句子。" * 20,
        "http://a.b/c?d=e",
        "\ufeffa",
        "a\u2028b",
        "🙂",
    ]
)


def lines(longest):
    return (st.text(letters, min_size=1, max_size=longest) | awkward).map(str.strip).filter(bool)


def two(side):
    return st.builds(Bilingual, side, st.none()) | st.builds(Bilingual, st.none() | side, side)


titles = two(lines(30))
paragraphs = st.lists(lines(60), min_size=1, max_size=3).map("\n".join).map(str.strip) | lines(200)
prose = two(paragraphs)


@st.composite
def agreements(draw):
    party_keys = draw(st.lists(keys, min_size=2, max_size=4, unique=True))
    source_keys = draw(st.lists(keys, min_size=1, max_size=2, unique=True))
    clause_keys = draw(st.lists(keys, max_size=3, unique=True))
    section_keys = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    promise_keys = draw(st.lists(keys, min_size=1, max_size=4, unique=True))
    signed = draw(st.sampled_from(["draft", "dated", "undated"]))
    citations = st.builds(Citation, st.sampled_from(source_keys), st.none() | st.integers(1, 999))
    key = draw(keys)
    return AgreementFile(
        key=key,
        title=draw(titles),
        parties=tuple(draw(parties(key)) for key in party_keys),
        sections=tuple(Section(key, draw(titles)) for key in section_keys),
        promises=tuple(draw(promises(key, section_keys, party_keys, citations, signed)) for key in promise_keys),
        summary=draw(st.none() | prose),
        signed=draw(signings(signed, citations)),
        term=draw(st.none() | st.just(Term(SIGNED, date(2030, 1, 1), date(2022, 1, 1))) | st.just(Term(review=SIGNED))),
        public=draw(st.booleans()),
        sources=tuple(draw(sources(key)) for key in source_keys),
        facts=tuple(draw(st.lists(st.builds(Fact, prose, citations, st.none() | stated_days), max_size=2))),
        clauses=tuple(draw(clauses(clause_key, signed)) for clause_key in clause_keys),
        notice_days=draw(st.none() | st.integers(1, 999)),
        renews=draw(st.none() | keys.filter(lambda other: other != key)),
        terminated=None if signed == "draft" else draw(st.none() | st.builds(Terminated, st.just(LATER), prose)),
    )


@st.composite
def clauses(draw, key, signed):
    kind = draw(st.sampled_from(ClauseType))
    modes = st.none() | st.sampled_from(IpMode) if kind is ClauseType.FOREGROUND_IP else st.none()
    amendments = st.lists(st.builds(ClauseAmendment, st.just(LATER), prose, prose), max_size=2)
    return Clause(
        key=key,
        type=kind,
        title=draw(titles),
        text=draw(prose),
        ip_mode=draw(modes),
        amendments=() if signed == "draft" else tuple(draw(amendments)),
    )


def parties(key):
    return st.builds(
        Party,
        st.just(key),
        titles,
        st.sampled_from(PartyKind),
        st.none() | lines(20).filter(lambda text: len(text) <= 30),
        st.booleans(),
    )


def sources(key):
    urls = st.none() | st.just("https://example.org/a?b=c#d")
    return st.builds(Source, st.just(key), titles, st.none(), st.none() | titles, urls, st.none() | prose)


@st.composite
def signings(draw, signed, citations):
    if signed == "draft":
        return None
    cited = draw(citations)
    return Signing(SIGNED if signed == "dated" else None, draw(st.none() | titles), cited)


@st.composite
def promises(draw, key, section_keys, party_keys, citations, signed):
    kind = draw(st.sampled_from(PromiseKind))
    to_parties = draw(st.booleans())
    citation = draw(citations)
    particulars = {
        PromiseKind.TARGET: target_particulars(citation, signed),
        PromiseKind.MILESTONE: st.fixed_dictionaries(
            {},
            optional={
                "done": st.builds(Done, stated_days, st.just(citation.source)),
                "due": st.just(date(2021, 1, 1)),
            },
        ),
        PromiseKind.STANDING: st.fixed_dictionaries({}, optional={"measure": measures}),
    }
    return Commitment(
        key=key,
        section=draw(st.sampled_from(section_keys)),
        title=draw(titles),
        text=draw(prose),
        kind=kind,
        by=(party_keys[0],),
        to=tuple(party_keys[1:]) if to_parties else (),
        to_others=None if to_parties else draw(titles),
        cited=tuple(draw(st.lists(citations, max_size=3))),
        owner=draw(st.none() | titles),
        **draw(particulars[kind]),
    )


@st.composite
def target_particulars(draw, citation, signed):
    start = SIGNED + timedelta(days=draw(st.integers(0, 100)))
    plan_days = sorted(draw(st.sets(st.integers(0, 700), max_size=3)))
    amendments = st.lists(st.builds(Amendment, st.just(LATER), prose, amounts), max_size=2)
    return {
        "measure": draw(measures),
        "target": draw(amounts),
        "about": draw(st.booleans()),
        "start": start,
        "due": start + timedelta(days=700),
        "baseline": draw(
            st.none() | st.just(Baseline(Decimal(0), date(2019, 1, 1), citation.source, citation.paragraph))
        ),
        "plan": tuple(PlanPoint(start + timedelta(days=n), draw(amounts)) for n in plan_days),
        "amendments": () if signed == "draft" else tuple(draw(amendments)),
    }
