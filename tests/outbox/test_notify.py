"""Telling people: once for each key, into the inbox and by mail as each wishes."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from tests.cast import Cast
from tests.outbox.conftest import NOW, tell

from accord.kernel.text import Bilingual
from accord.kernel.topics import topics
from accord.outbox import operations
from accord.outbox.enums import DeliveryState, Pace, Told
from accord.outbox.models import Delivery, InboxNote, Message
from accord.outbox.rules import Wishes, leaves_at, mail_pace, next_try
from accord.people.models import Account

pytestmark = pytest.mark.django_db
LONDON, CHENGDU = ZoneInfo("Europe/London"), ZoneInfo("Asia/Shanghai")


def wish(person: object, pace: Pace, topic: str = "test.news", told: Told = Told.MAIL) -> None:
    operations.set_preferences(person_id=person.pk, paces={(told.value, topic): pace.value})


def test_everybody_named_finds_it_in_the_inbox_and_gets_it_by_mail(cast: Cast) -> None:
    tell(cast.owner.person, cast.partner.person)

    assert set(InboxNote.objects.values_list("person__key", "arrived_at")) == {("owner", NOW), ("partner", NOW)}
    assert set(Delivery.objects.values_list("address", "state", "due_at")) == {
        ("owner@example.org", DeliveryState.QUEUED, NOW),
        ("partner@example.org", DeliveryState.QUEUED, NOW),
    }


def test_same_key_tells_once_whoever_is_named(cast: Cast) -> None:
    tell(cast.owner.person)
    tell(cast.owner.person, cast.partner.person)

    assert (Message.objects.count(), InboxNote.objects.count(), Delivery.objects.count()) == (1, 1, 1)


def test_topic_that_nobody_announced_is_a_fault_of_the_program(cast: Cast) -> None:
    with pytest.raises(LookupError, match=r"test\.unheard"):
        tell(cast.owner.person, topic="test.unheard")


def test_line_breaks_leave_the_subject(cast: Cast) -> None:
    tell(cast.owner.person, subject=Bilingual("News\r\nBcc: all@example.org", "新闻\n二"))

    assert Message.objects.get().subject == Bilingual("News Bcc: all@example.org", "新闻 二")


def test_switched_off_by_mail_still_stands_in_the_inbox_and_the_other_way_round(cast: Cast) -> None:
    wish(cast.owner.person, Pace.OFF)
    wish(cast.partner.person, Pace.OFF, told=Told.INBOX)
    tell(cast.owner.person, cast.partner.person, topic="test.news")

    assert list(InboxNote.objects.values_list("person__key", flat=True)) == ["owner"]
    assert list(Delivery.objects.values_list("person__key", flat=True)) == ["partner"]


def test_required_topic_reaches_those_who_switched_everything_off(cast: Cast) -> None:
    operations.unsubscribe(person_id=cast.owner.person.pk, topic="")
    tell(cast.owner.person, topic="test.link")
    tell(cast.owner.person, topic="test.news", key="k2")

    assert list(Delivery.objects.values_list("message__topic", "pace")) == [("test.link", Pace.AT_ONCE)]


def test_required_topic_cannot_be_switched_off(cast: Cast) -> None:
    with pytest.raises(operations.RequiredTopic):
        wish(cast.owner.person, Pace.OFF, topic="test.link")


def test_news_wait_for_the_daily_mail_at_eight_in_the_readers_zone(cast: Cast) -> None:
    Account.objects.filter(person=cast.owner.person).update(time_zone="Asia/Shanghai")
    tell(cast.owner.person, topic="test.news")

    assert Delivery.objects.get().due_at == datetime(2026, 3, 5, 0, 0, tzinfo=UTC)


def test_nobody_is_told_who_may_not_be_written_to(cast: Cast) -> None:
    cast.owner.person.state = "erased"
    cast.owner.person.save()
    tell(cast.owner.person)

    assert (InboxNote.objects.count(), Delivery.objects.count()) == (0, 0)


QUIET = (time(22), time(7))


@pytest.mark.parametrize(
    ("pace", "at", "quiet", "urgent", "leaves"),
    [
        (Pace.AT_ONCE, "2026-03-04 10:30", QUIET, False, "2026-03-04 10:30"),
        (Pace.AT_ONCE, "2026-03-04 22:00", QUIET, False, "2026-03-05 07:00"),
        (Pace.AT_ONCE, "2026-03-05 06:59", QUIET, False, "2026-03-05 07:00"),
        (Pace.AT_ONCE, "2026-03-05 07:00", QUIET, False, "2026-03-05 07:00"),
        (Pace.AT_ONCE, "2026-03-04 23:00", QUIET, True, "2026-03-04 23:00"),
        (Pace.AT_ONCE, "2026-03-04 13:00", (time(12), time(14)), False, "2026-03-04 14:00"),
        (Pace.DAILY, "2026-03-04 07:59", None, False, "2026-03-04 08:00"),
        (Pace.DAILY, "2026-03-04 08:00", None, False, "2026-03-05 08:00"),
        (Pace.WEEKLY, "2026-03-04 10:30", None, False, "2026-03-09 08:00"),
        (Pace.WEEKLY, "2026-03-09 07:00", None, False, "2026-03-09 08:00"),
        (Pace.WEEKLY, "2026-03-09 08:00", None, False, "2026-03-16 08:00"),
        (Pace.DAILY, "2026-03-28 20:00", None, False, "2026-03-29 08:00"),  # London's clocks go forward that night
    ],
)
@pytest.mark.parametrize("zone", [LONDON, CHENGDU])
def test_mail_leaves_when_the_reader_wishes(zone, pace, at, quiet, urgent, leaves) -> None:
    asked = datetime.fromisoformat(at).replace(tzinfo=zone)

    found = leaves_at(pace=pace, at=asked.astimezone(UTC), zone=zone, quiet=quiet, is_urgent=urgent)

    assert found.astimezone(zone).replace(tzinfo=None) == datetime.fromisoformat(leaves)


@pytest.mark.parametrize(
    ("topic", "wished", "has_account", "pace"),
    [
        ("test.news", None, True, Pace.DAILY),
        ("test.news", None, False, Pace.AT_ONCE),
        ("test.news", Pace.WEEKLY, True, Pace.WEEKLY),
        ("test.news", Pace.OFF, False, Pace.OFF),
        ("test.urgent", None, True, Pace.AT_ONCE),
        ("test.urgent", Pace.WEEKLY, True, Pace.AT_ONCE),
        ("test.urgent", Pace.OFF, True, Pace.OFF),
        ("test.link", Pace.OFF, True, Pace.AT_ONCE),
    ],
)
def test_pace_follows_topic_and_wish(topic, wished, has_account, pace) -> None:
    wishes = Wishes({} if wished is None else {("mail", ""): wished})

    assert mail_pace(topics.get(topic), wishes, has_account=has_account) == pace


def test_tries_wait_ever_longer_and_end_after_ten() -> None:
    waits = [next_try(tries=tries, seed=7, at=NOW) for tries in range(11)]
    seconds = [round((one - NOW).total_seconds()) for one in waits if one]

    least = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert [low <= real <= low * 1.1 for low, real in zip(least, seconds, strict=True)] == [True] * 10
    assert waits[10] is None
    assert next_try(tries=4, seed=7, at=NOW) != next_try(tries=4, seed=8, at=NOW)
