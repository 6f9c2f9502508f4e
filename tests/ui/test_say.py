"""Days, numbers and texts in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from accord.kernel.text import Bilingual
from accord.ui import say

DAY = date(2019, 9, 3)


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("3 Sep 2019", "3 Sep", "Sep")), ("zh-hans", ("2019年9月3日", "9月3日", "9月"))]
)
def test_days_follow_the_language(language, words):
    with translation.override(language):
        assert (say.day(DAY), say.short_day(DAY), say.month(DAY)) == words


def test_moments_are_said_in_the_readers_zone():
    late = datetime(2019, 9, 30, 17, 5, tzinfo=UTC)

    with timezone.override(ZoneInfo("Asia/Shanghai")):
        assert say.moment(late) == "1 Oct 2019, 01:05 CST"
        assert say.day(late) == "1 Oct 2019"
        with translation.override("zh-hans"):
            assert say.moment(late) == "2019年10月1日 01:05 CST"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (-1200, "−1,200"),
        (12.5, "12.5"),
        (Decimal("100.00"), "100"),
        (0.1 + 0.2, "0.3"),
        (1e7, "10,000,000"),
        (-0.001, "0"),
        (100, "100"),
    ],
)
def test_numbers_are_grouped_and_plain(value, text):
    assert say.count(value) == text


def test_changes_bear_their_sign():
    assert [say.signed(value) for value in (6, -1, 0)] == ["+6", "−1", "0"]


def test_a_text_in_the_readers_language_needs_no_mark():
    assert say.said(Bilingual("Team", "团队")) == "Team"
    with translation.override("zh-hans"):
        assert say.said(Bilingual("Team", "团队")) == "团队"


def test_the_other_side_is_shown_as_such_and_escaped():
    shown = say.said(Bilingual(zh_hans="<团队>"))

    assert shown == '<span lang="zh-Hans" title="English text missing">&lt;团队&gt;</span>'
    assert "no text yet" in say.said(Bilingual())


@pytest.mark.parametrize(
    ("name", "short"),
    [("Li Wei", "LW"), ("李伟", "李"), ("Sample Business School", "SS"), ("x", "X"), ("", "?"), ("( )", "?")],
)
def test_initials(name, short):
    assert say.initials(name) == short
