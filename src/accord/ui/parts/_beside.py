"""Parts beside or below the main thing: histories, side lists, remarks, numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.safestring import SafeString

from accord.ui.parts._plain import Link
from accord.ui.say import Text


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: when, what, who."""

    when: Text
    text: Text
    who: Text = ""
    detail: Text = ""
    url: str = ""
    tone: str = "mute"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events, newest first."""

    template: ClassVar[str] = "ui/parts/timeline.html"
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class SideItem:
    """A line of a side panel; `strong` is set in bold before the text, the link covers the text."""

    text: Text
    when: Text = ""
    url: str = ""
    strong: Text = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A short list beside the page."""

    template: ClassVar[str] = "ui/parts/side.html"
    heading: Text
    items: Sequence[SideItem]
    empty: Text = ""
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A framed remark with a heading."""

    template: ClassVar[str] = "ui/parts/panel.html"
    heading: Text
    body: Text | SafeString


@dataclass(frozen=True, slots=True)
class Details:
    """Words that open on demand."""

    template: ClassVar[str] = "ui/parts/details.html"
    summary: Text
    body: Text | SafeString


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table of numbers that opens on demand; `numeric` names the columns set to the right, from 0."""

    template: ClassVar[str] = "ui/parts/numbers.html"
    caption: Text
    header: Sequence[Text]
    rows: Sequence[Sequence[Any]]
    numeric: tuple[int, ...] = ()
    open: bool = False
