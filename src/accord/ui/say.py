"""How days, numbers and texts are said to the reader, in the active language."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.kernel.text import Bilingual

Text = str | Promise | Bilingual
Number = int | float | Decimal

MINUS = "−"


def is_chinese() -> bool:
    """Say whether the active language is Chinese."""
    return (get_language() or "").startswith("zh")


def day(value: date) -> str:
    """Return 30 Sep 2019 or 2019年9月30日; of a moment, its day in the active time zone."""
    return date_format(_local(value), "Y年n月j日" if is_chinese() else "j M Y")


def short_day(value: date) -> str:
    """Return 30 Sep or 9月30日."""
    return date_format(_local(value), "n月j日" if is_chinese() else "j M")


def month(value: date) -> str:
    """Return Sep or 9月."""
    return date_format(value, "n月" if is_chinese() else "M")


def stated(value: date, precision: str) -> str:
    """Return a day as exactly as its source gives it: 7 Mar 2019, Jun 2018 (`month`) or 2010 (`year`)."""
    if precision == "year":
        return date_format(value, "Y年" if is_chinese() else "Y")
    if precision == "month":
        return date_format(value, "Y年n月" if is_chinese() else "M Y")
    return day(value)


def moment(value: datetime) -> str:
    """Return the day, time and zone of an aware moment: 30 Sep 2019, 14:05 BST."""
    local = timezone.localtime(value)
    return f"{day(local)}{' ' if is_chinese() else ', '}{local:%H:%M} {local.tzname()}"


def count(value: Number) -> str:
    """Return a number with grouped thousands, at most two decimals and a true minus sign."""
    rounded = round(Decimal(str(value)), 2)
    text = f"{abs(rounded):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: Number) -> str:
    """Return a change with its sign: +6, −1, 0."""
    return f"+{count(value)}" if value > 0 else count(value)


def said(text: Text) -> SafeString | str:
    """Return a text; a bilingual one in another language than the page's is marked as such.

    The mark is a `lang` attribute for readers and screen readers, and words saying which side is missing.
    """
    if not isinstance(text, Bilingual):
        return str(text)
    if not text:
        return format_html('<span class="quiet">{}</span>', _("no text yet"))
    if not text.is_missing():
        return str(text)
    missing = _("Chinese text missing") if is_chinese() else _("English text missing")
    return format_html(
        '<span lang="{}" title="{}">{}</span>',
        text.language_for().replace("zh-hans", "zh-Hans"),
        missing,
        str(text),
    )


def initials(name: str) -> str:
    """Return up to two letters that stand for a name: LW of Li Wei, 李 of 李伟."""
    words = [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return "?"
    if is_wide(words[0][0]):
        return words[0][0]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def is_wide(letter: str) -> bool:
    """Say whether a letter takes a full square, as Chinese does."""
    return unicodedata.east_asian_width(letter) in "WF"


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
