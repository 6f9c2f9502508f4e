"""The frame of every page: what the base template shows around the content."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accord.ui.display import THEMES, slash_of, theme_of
from accord.ui.parts import Link
from accord.ui.say import Text


@dataclass(frozen=True, slots=True)
class Menu:
    """A headed group of links in the account's menu."""

    heading: Text
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The signed-in person as the frame shows them: groups of pages, then what stands last, such as the way out."""

    name: str
    links: tuple[Link, ...] = ()
    note: Text = ""
    menus: tuple[Menu, ...] = ()


@dataclass(frozen=True, slots=True)
class Acting:
    """That the reader stands in for somebody: a sentence on every page, and the way back to acting as oneself."""

    sentence: Text
    url: str
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Views:
    """The reader's own views of the list on this page, and where the list as it stands is saved."""

    links: tuple[Link, ...]
    path: str
    query: str
    save_url: str
    all_url: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame: navigation, demo band, what waits, account. A middleware sets it as `request.chrome`.

    `views` is asked for by lists alone, so it may be lazy. `search_url` takes words as `q`; `suggest_url` answers the
    palette for the same words (`static/ui/palette.js` says with what).
    """

    nav: tuple[Link, ...] = ()
    demo: bool = False
    demo_note: Text = ""
    waiting: int | None = None
    waiting_url: str = ""
    account: Account | None = None
    sign_in_url: str = ""
    search_url: str = ""
    suggest_url: str = ""
    home_url: str = "/"
    version: str = ""
    footer: tuple[Link, ...] = ()
    acting: Acting | None = None
    views: Views | None = None


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, the theme and the other language for the base template."""
    frame = getattr(request, "chrome", None)
    return {
        "chrome": frame if isinstance(frame, Chrome) else Chrome(),
        "theme": theme_of(request),
        "themes": THEMES,
        "slash": slash_of(request),
        "here": request.get_full_path(),
    }
