"""Counting what waits in one query, and what may be begun."""

import pytest
from django.db.models import QuerySet, Value
from django.utils.translation import gettext_lazy as _

from accord.kernel import finding
from accord.kernel.access import NOBODY, Actor
from accord.kernel.announced import Announced
from accord.kernel.finding import Command, Counted, Waits, commands_for, waiting_count
from accord.kernel.models import RateBucket

SOMEBODY = Actor(person_id=1)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Announced[Waits]:
    """Let nobody but the test announce what waits."""
    registry: Announced[Waits] = Announced()
    monkeypatch.setattr(finding, "waits", registry)
    return registry


def numbers(*, rows: int, each: int) -> QuerySet[RateBucket, int]:
    """Return a queryset that yields a number several times."""
    moment = "2019-09-30T00:00Z"
    RateBucket.objects.bulk_create(RateBucket(caller=f"{each}-{row}", spent_at=moment) for row in range(rows))
    made = RateBucket.objects.filter(caller__startswith=f"{each}-").order_by("caller")
    return made.annotate(n=Value(each)).values_list("n", flat=True)


def offer(registry: Announced[Waits], **counts: Counted) -> None:
    """Announce contexts with these counts."""
    for code, count in counts.items():
        registry.announce(code, Waits(lambda _actor, _most: [], lambda _actor, count=count: count))


@pytest.mark.django_db
def test_numbers_of_all_contexts_are_added_up_in_one_query(
    offered: Announced[Waits], django_assert_num_queries
) -> None:
    offer(offered, one=numbers(rows=3, each=2), two=numbers(rows=2, each=5), none=None)

    with django_assert_num_queries(1):
        counted = waiting_count(SOMEBODY)

    assert counted == 3 * 2 + 2 * 5


@pytest.mark.django_db
def test_no_query_is_asked_where_nothing_can_wait(offered: Announced[Waits], django_assert_num_queries) -> None:
    offer(offered, none=None, never=RateBucket.objects.none().values_list("pk", flat=True))

    with django_assert_num_queries(0):
        assert waiting_count(SOMEBODY) == 0


@pytest.mark.django_db
def test_one_context_alone_says_its_number(offered: Announced[Waits]) -> None:
    offer(offered, one=numbers(rows=3, each=2), two=numbers(rows=1, each=9))

    assert [one.number(SOMEBODY) for one in offered] == [6, 9]


@pytest.mark.django_db
def test_a_count_is_built_once_for_an_actor_and_counted_each_time(offered: Announced[Waits]) -> None:
    built: list[Actor] = []

    def count(actor: Actor) -> Counted:
        built.append(actor)
        return RateBucket.objects.filter(caller=str(actor.person_id)).annotate(n=Value(1)).values_list("n", flat=True)

    offered.announce("one", Waits(lambda _actor, _most: [], count))
    before = waiting_count(SOMEBODY)
    RateBucket.objects.create(caller="1", spent_at="2019-09-30T00:00Z")

    assert (before, waiting_count(SOMEBODY), waiting_count(Actor(person_id=2))) == (0, 1, 0)
    assert built == [SOMEBODY, Actor(person_id=2)]


def test_only_what_one_may_begin_is_offered_in_the_order_of_announcement(monkeypatch: pytest.MonkeyPatch) -> None:
    registry: Announced[Command] = Announced()
    monkeypatch.setattr(finding, "commands", registry)
    for code, may in (("b", True), ("a", False), ("c", True)):
        registry.announce(code, Command(_("Show"), code, lambda _actor, may=may: may))

    assert [one.route for one in commands_for(NOBODY)] == ["b", "c"]
