"""The frame of every page: what the base template shows around the content."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accord.ui.display import THEMES, theme_of
from accord.ui.parts import Link
from accord.ui.say import Text


@dataclass(frozen=True, slots=True)
class Account:
    """The signed-in person as the frame shows them."""

    name: str
    links: tuple[Link, ...] = ()
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame: navigation, demo band, what waits, account. A middleware sets it as `request.chrome`."""

    nav: tuple[Link, ...] = ()
    demo: bool = False
    demo_note: Text = ""
    waiting: int | None = None
    waiting_url: str = ""
    account: Account | None = None
    sign_in_url: str = ""
    search_url: str = ""
    home_url: str = "/"
    version: str = ""
    footer: tuple[Link, ...] = ()


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, the theme and the other language for the base template."""
    frame = getattr(request, "chrome", None)
    return {
        "chrome": frame if isinstance(frame, Chrome) else Chrome(),
        "theme": theme_of(request),
        "themes": THEMES,
        "here": request.get_full_path(),
    }
