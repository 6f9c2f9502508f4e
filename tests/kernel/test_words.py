"""Finding rows by words: parts of words, slips of the pen, Chinese from one character on, and by which index."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import QuerySet

from accord.kernel.text import Bilingual
from accord.kernel.words import likest, parts_of
from accord.people import operations as people
from accord.people.models import Person

pytestmark = pytest.mark.django_db
NAMES = {
    "wei": Bilingual("Li Wei", "李伟"),
    "wang": Bilingual("Wang Xiaoming", "王小明"),
    "ming": Bilingual("Xiao Ming Wang", "王晓明"),
    "grace": Bilingual("Grace Hopper", "格蕾丝·霍珀"),
    "jose": Bilingual("José Müller", ""),
    "chengdu": Bilingual("Chengdu Financial City", "成都金融城"),
    "percent": Bilingual("100% Renewable_Energy", ""),
}


@pytest.fixture
def known() -> QuerySet[Person]:
    """Plant people with these names."""
    for key, name in NAMES.items():
        people.register_person(key=key, name=name)
    return Person.objects.filter(key__in=NAMES)


def keys(rows: QuerySet[Person], said: str) -> list[str]:
    """Return whom the words find, the likest first."""
    return [one.key for one in likest(rows, said, ("name",), "sort_key")]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("hopper", ["grace"]),
        ("opp", ["grace"]),
        ("HOPPER grace", ["grace"]),
        ("hoper", ["grace"]),
        ("hoppre", ["grace"]),
        ("chegndu", ["chengdu"]),
        ("financail city", ["chengdu"]),
        ("hopper smith", []),
        ("whopping", []),
        ("smit", []),
        ("李", ["wei"]),
        ("李伟", ["wei"]),
        ("成都", ["chengdu"]),
        ("成都金融城", ["chengdu"]),
        ("都成", []),
        ("金融 成都", ["chengdu"]),
        ("霍珀 grace", ["grace"]),
        ("ｈｏｐｐｅｒ", ["grace"]),
        ("成都\u3000金融", ["chengdu"]),
        ("müller", ["jose"]),
        ("100%", ["percent"]),
        ("%", ["percent"]),
        ("_", ["percent"]),
        ("", []),
        ("  ", []),
        ("\x00", []),
        ("hop\x00per", ["grace"]),
        ("'; drop table", []),
    ],
)
def test_words_find(known: QuerySet[Person], said: str, found: list[str]) -> None:
    assert keys(known, said) == found


def test_whole_names_come_before_parts_and_parts_before_slips(known: QuerySet[Person]) -> None:
    people.register_person(key="hopper-hall", name=Bilingual("The Hopper Hall of Computing", ""))
    people.register_person(key="hopper", name=Bilingual("Hopper", ""))
    people.register_person(key="hooper", name=Bilingual("Hooper", ""))
    everybody = Person.objects.all()

    found = likest(everybody, "hopper", ("name",), "sort_key")

    assert [one.key for one in found] == ["hopper", "grace", "hopper-hall", "hooper"]
    assert all(0 < one.likeness <= 1 for one in found)


def test_no_more_words_are_looked_for_than_somebody_types() -> None:
    assert len(parts_of("a " * 500)) == 8
    assert parts_of("x" * 500) == ["X" * 100]


@pytest.fixture
def plans() -> Iterator[None]:
    """Let the planner take an index even for a handful of rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield


@pytest.mark.parametrize(
    ("said", "index"),
    [("hopper", "person_names"), ("hop", "person_names"), ("李", "person_characters"), ("成都", "person_characters")],
)
def test_an_index_answers(known: QuerySet[Person], plans: None, said: str, index: str) -> None:
    """Without its index a search would read the name of everybody; trigrams of Chinese may not exist at all."""
    plan = likest(Person.objects.all(), said, ("name",), "sort_key").explain()

    assert index in plan


SEARCHED = {
    "agreements": {"agreement", "commitment", "clause"},
    "people": {"institution", "person"},
    "negotiation": {"negotiation"},
    "files": {"attachment"},
}


def test_every_searched_table_has_both_indexes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_indexes WHERE indexname LIKE '%\\_characters'")
        by_characters = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'")
        by_trigrams = {name for (name,) in cursor.fetchall()}

    wanted = {f"{context}_{table}" for context, tables in SEARCHED.items() for table in tables}
    assert (wanted - by_characters, wanted - by_trigrams) == (set(), set())
