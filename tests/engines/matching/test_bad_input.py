"""Every way a market can be wrong has an error of its own that names the ids, in both languages."""

from collections.abc import Callable

import pytest

from accord.engines.matching import (
    BadCapTree,
    BadCouple,
    BadNumber,
    BadReserve,
    BadScore,
    Bar,
    Choice,
    ClashingFixed,
    DuplicateChoice,
    DuplicateId,
    EmptyMarket,
    FixedOverCapacity,
    FloorAboveCap,
    JointChoice,
    Limit,
    Market,
    MarketError,
    Person,
    Programme,
    ReservedSeats,
    UnknownApplicant,
    UnknownProgramme,
    market_from_dicts,
    market_from_records,
)

ANNA, BO = Choice("Anna", "Lab", 1, 3.0), Choice("Bo", "Lab", 1, 2.0)
LAB, DESK = Programme("Lab", 1), Programme("Desk", 1)
Case = tuple[str, Callable[[], Market], type[MarketError], tuple[str, ...]]


def built(*choices: Choice, programmes: tuple[Programme, ...] = (LAB, DESK), **more: object) -> Callable[[], Market]:
    """Return what will build a market of these rows."""
    return lambda: market_from_records(choices, programmes, **more)


CASES: list[Case] = [
    ("no applicant", built(), EmptyMarket, ()),
    ("no programme", built(programmes=(), people=[Person("Anna")]), EmptyMarket, ()),
    ("chosen twice", built(ANNA, Choice("Anna", "Lab", 2, 1.0)), DuplicateChoice, ("Anna", "Lab")),
    ("unknown programme", built(Choice("Anna", "Lba", 1, 1.0)), UnknownProgramme, ("Anna", "Lba")),
    ("score not a number", built(Choice("Anna", "Lab", 1, float("nan"))), BadScore, ("Anna", "Lab")),
    ("score without end", built(Choice("Anna", "Lab", 1, float("inf"))), BadScore, ("Anna", "Lab")),
    ("score missing", built(ANNA, Choice("Bo", "Lab", 1)), BadScore, ("Bo", "Lab")),
    ("rank 0", built(Choice("Anna", "Lab", 0, 1.0)), BadNumber, ("Anna", "Lab")),
    ("rank no number", built(Choice("Anna", "Lab", "1", 1.0)), BadNumber, ("Anna", "Lab")),  # type: ignore[arg-type]
    ("programme twice", built(ANNA, programmes=(LAB, LAB)), DuplicateId, ("Lab",)),
    ("limit named like a programme", built(ANNA, limits=[Limit("Lab", 2)]), DuplicateId, ("Lab",)),
    ("person twice", built(ANNA, people=[Person("Anna"), Person("Anna")]), DuplicateId, ("Anna",)),
    ("places below 0", built(ANNA, programmes=(Programme("Lab", -1),)), BadNumber, ("Lab",)),
    ("half a place", built(ANNA, programmes=(Programme("Lab", 0.5),)), BadNumber, ("Lab",)),  # type: ignore[arg-type]
    ("team of none", built(ANNA, people=[Person("Anna", size=0)]), BadNumber, ("Anna",)),
    ("unknown limit", built(ANNA, programmes=(Programme("Lab", 1, under="Dean"),)), BadCapTree, ("Lab", "Dean")),
    (
        "under a programme",
        built(ANNA, programmes=(LAB, Programme("Desk", 1, under="Lab"))),
        BadCapTree,
        ("Desk", "Lab"),
    ),
    (
        "limits in a circle",
        built(ANNA, limits=[Limit("X", 1, under="Y"), Limit("Y", 1, under="Z"), Limit("Z", 1, under="X")]),
        BadCapTree,
        ("X", "Y", "Z"),
    ),
    ("limit under itself", built(ANNA, limits=[Limit("X", 1, under="X")]), BadCapTree, ("X",)),
    ("minimum above places", built(ANNA, programmes=(Programme("Lab", 1, 2),)), FloorAboveCap, ("Lab", "Lab")),
    (
        "minimums above a limit",
        built(
            ANNA,
            programmes=(Programme("Desk", 2, 2, "Dean"), Programme("Lab", 2, 2, "Dean")),
            limits=[Limit("Dean", 3)],
        ),
        FloorAboveCap,
        ("Dean", "Desk", "Lab"),
    ),
    (
        "fixed over capacity",
        built(Choice("Anna", "Lab", fixed=True), Choice("Bo", "Lab", fixed=True)),
        FixedOverCapacity,
        ("Lab", "Anna", "Bo"),
    ),
    (
        "fixed over a limit above",
        built(
            Choice("Anna", "Lab", fixed=True),
            Choice("Bo", "Desk", fixed=True),
            programmes=(Programme("Desk", 1, under="Dean"), Programme("Lab", 1, under="Dean")),
            limits=[Limit("Dean", 1)],
        ),
        FixedOverCapacity,
        ("Dean", "Anna", "Bo"),
    ),
    (
        "fixed twice",
        built(Choice("Anna", "Desk", 1, fixed=True), Choice("Anna", "Lab", 2, fixed=True)),
        ClashingFixed,
        ("Anna", "Desk", "Lab"),
    ),
    ("fixed and barred", built(Choice("Anna", "Lab", fixed=True, bar=Bar.CONFLICT)), ClashingFixed, ("Anna", "Lab")),
    (
        "more reserved than there is",
        built(ANNA, people=[Person("Anna", group="north")], reserves=[ReservedSeats("Lab", "north", 2)]),
        BadReserve,
        ("Lab",),
    ),
    ("reserve for nobody", built(ANNA, reserves=[ReservedSeats("Lab", "north", 1)]), BadReserve, ("Lab", "north")),
    (
        "reserve twice",
        built(
            ANNA,
            programmes=(Programme("Lab", 4),),
            people=[Person("Anna", group="north")],
            reserves=[ReservedSeats("Lab", "north", 1), ReservedSeats("Lab", "north", 2)],
        ),
        BadReserve,
        ("Lab", "north"),
    ),
    (
        "couple of one",
        built(ANNA, couples=[JointChoice("Anna", "Anna", (("Lab", None),))]),
        BadCouple,
        ("Anna", "Anna"),
    ),
    (
        "couple with a stranger",
        built(ANNA, couples=[JointChoice("Anna", "Zoe", (("Lab", None),))]),
        UnknownApplicant,
        ("A joint application", "Zoe"),
    ),
    ("couple without wishes", built(ANNA, BO, couples=[JointChoice("Anna", "Bo", ())]), BadCouple, ("Anna", "Bo")),
    (
        "in two couples",
        built(
            ANNA,
            BO,
            Choice("Cy", "Lab", 1, 1.0),
            couples=[JointChoice("Anna", "Bo", (("Lab", None),)), JointChoice("Bo", "Cy", (("Lab", None),))],
        ),
        BadCouple,
        ("Bo", "Cy"),
    ),
    (
        "dict: unknown programme",
        lambda: market_from_dicts({"Anna": ["Lba"]}, {"Lab": 1}),
        UnknownProgramme,
        ("Anna", "Lba"),
    ),
    (
        "dict: chosen twice",
        lambda: market_from_dicts({"Anna": ["Lab", "Lab"]}, {"Lab": 1}),
        DuplicateChoice,
        ("Anna", "Lab"),
    ),
    (
        "dict: ranked twice",
        lambda: market_from_dicts({"Anna": ["Lab"]}, {"Lab": 1}, rankings={"Lab": ["Anna", "Anna"]}),
        DuplicateChoice,
        ("Lab", "Anna"),
    ),
    (
        "dict: stranger ranked",
        lambda: market_from_dicts({"Anna": ["Lab"]}, {"Lab": 1}, rankings={"Lab": ["Zoe"]}),
        UnknownApplicant,
        ("Lab", "Zoe"),
    ),
    (
        "dict: ranking of nothing",
        lambda: market_from_dicts({"Anna": ["Lab"]}, {"Lab": 1}, rankings={"Lba": ["Anna"]}),
        UnknownProgramme,
        ("A ranking", "Lba"),
    ),
    (
        "dict: score not a number",
        lambda: market_from_dicts({"Anna": ["Lab"]}, {"Lab": 1}, scores={"Lab": {"Anna": float("nan")}}),
        BadScore,
        ("Anna", "Lab"),
    ),
    (
        "dict: score a word",
        lambda: market_from_dicts({"Anna": ["Lab"]}, {"Lab": 1}, scores={"Lab": {"Anna": "good"}}),  # type: ignore[dict-item]
        BadScore,
        ("Anna", "Lab"),
    ),
]


@pytest.mark.parametrize(("build", "error", "ids"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_fault_is_refused_and_names_its_ids(
    build: Callable[[], Market], error: type[MarketError], ids: tuple[str, ...]
) -> None:
    with pytest.raises(error) as caught:
        build()

    assert type(caught.value) is error
    assert sorted(caught.value.ids) == sorted(ids)
    for language in ("en", "zh-hans"):
        words = caught.value.words(language)
        assert "{" not in words
        assert all(name in words for name in ids[:5])
    assert caught.value.words("en") == str(caught.value)


def test_many_ids_are_cut_short_in_words_and_kept_whole_beside() -> None:
    rows = [Choice(f"a{number}", "Lab", fixed=True) for number in range(9)]

    with pytest.raises(FixedOverCapacity) as caught:
        market_from_records(rows, [LAB])

    assert len(caught.value.ids) == 10
    assert "a3, …" in str(caught.value)
    assert "a5" not in str(caught.value)
