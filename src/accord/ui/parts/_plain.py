"""Parts for any page: states, figures, rows, links, lists, banners."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accord.ui import say
from accord.ui.charts import Bar, Chart
from accord.ui.say import Number, Text


class Part(Protocol):
    """Anything that `{% part %}` can draw."""

    template: ClassVar[str]


class Tone(StrEnum):
    """How a state is meant; each has its own shape, so that colour is never needed to tell them apart."""

    DONE = "done"
    GOOD = "good"
    WARY = "wary"
    BAD = "bad"
    MISSED = "missed"
    STANDING = "standing"
    MUTE = "mute"

    @property
    def mark(self) -> str:
        """Return the shape."""
        return _MARKS[self]


_MARKS = {
    Tone.DONE: "✓",
    Tone.GOOD: "▲",
    Tone.WARY: "◆",
    Tone.BAD: "▼",
    Tone.MISSED: "✕",
    Tone.STANDING: "●",
    Tone.MUTE: "○",
}

PROVENANCE_WORDS = {"recorded": _("recorded"), "stated": _("stated"), "simulated": _("simulated")}


@dataclass(frozen=True, slots=True)
class State:
    """A state: tone, shape and word."""

    template: ClassVar[str] = "ui/parts/state.html"
    tone: str
    word: Text

    @property
    def mark(self) -> str:
        """Return the tone's shape."""
        return Tone(self.tone).mark


@dataclass(frozen=True, slots=True)
class Link:
    """A link, or with `post` a button that looks like one; `hidden` adds words for screen readers."""

    template: ClassVar[str] = "ui/parts/link.html"
    label: Text
    url: str
    current: bool = False
    post: bool = False
    hidden: Text = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of its target with unit and provenance; `plain` words stand in where there is no number.

    A number of several provenances says in `parts` what each adds, as (amount, provenance).
    """

    template: ClassVar[str] = "ui/parts/figure.html"
    value: Number | None
    target: Number | None = None
    unit: Text = ""
    provenance: str = ""
    plain: Text = ""
    parts: Sequence[tuple[Number, str]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the five-column list: name, figure, chart, state, date."""

    title: Text
    url: str = ""
    who: Text | SafeString = ""
    figure: Figure | None = None
    bar: Bar | None = None
    chart: Chart | None = None
    state: State | None = None
    sentence: Text = ""
    when: Text = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What belongs in an empty place, why it is empty for this reader, and the one thing to do."""

    template: ClassVar[str] = "ui/parts/empty.html"
    heading: Text
    reason: Text
    action: Link | None = None
    demo: Link | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A headed group of rows."""

    template: ClassVar[str] = "ui/parts/rows.html"
    heading: Text
    rows: Sequence[Row]
    note: Text = ""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """An institution with its short mark."""

    template: ClassVar[str] = "ui/parts/party.html"
    name: Text
    url: str = ""
    short: str = ""

    @property
    def mark(self) -> str:
        """Return the short mark, by default the initials."""
        return self.short or say.initials(str(self.name))


@dataclass(frozen=True, slots=True)
class Item:
    """A term and its value; a value may be text, a number already said, or another part."""

    term: Text
    value: Any
    provenance: str = ""
    url: str = ""

    @property
    def is_part(self) -> bool:
        """Say whether the value draws itself."""
        return hasattr(self.value, "template")


@dataclass(frozen=True, slots=True)
class Description:
    """Terms and values in columns."""

    template: ClassVar[str] = "ui/parts/description.html"
    items: Sequence[Item]
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Crumbs:
    """The way up from this page."""

    template: ClassVar[str] = "ui/parts/crumbs.html"
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Pill:
    """A filter in force; `url` edits it, `remove_url` takes it away."""

    template: ClassVar[str] = "ui/parts/pill.html"
    label: Text
    remove_url: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tabs:
    """Views of the same thing; each is a page of its own."""

    template: ClassVar[str] = "ui/parts/tabs.html"
    links: Sequence[Link]
    label: Text


@dataclass(frozen=True, slots=True)
class Pages:
    """Links to the pages of a list; a link with an empty address is a gap."""

    template: ClassVar[str] = "ui/parts/pages.html"
    links: Sequence[Link]
    previous: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """What just happened, above the heading; stays until the next page. `undo` reverses it."""

    template: ClassVar[str] = "ui/parts/banner.html"
    text: Text
    tone: str = "mute"
    heading: Text = ""
    undo: Link | None = None
