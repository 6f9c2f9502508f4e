"""Listens to what a page asks for and complains of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Response


@dataclass
class Heard:
    """What a page asked for and complained of."""

    responses: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    ears: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> "Heard":
        """Listen to a page."""
        heard = cls()
        heard.ears = {
            "response": lambda response: heard.responses.append(response),  # noqa: PLW0108 (Playwright marks what it is handed)
            "console": lambda message: heard.keep_complaint(message),  # noqa: PLW0108 (the same)
            "pageerror": lambda error: heard.complaints.append(str(error)),
        }
        for event, ear in heard.ears.items():
            page.on(event, ear)  # type: ignore[call-overload]  # each event has a signature of its own
        return heard

    def leave(self, page: Page) -> None:
        """Stop listening."""
        for event, ear in self.ears.items():
            page.remove_listener(event, ear)

    def keep_complaint(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings, but not the browser's own note that a page's status is 4xx."""
        is_status = message.text.startswith("Failed to load resource") and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not is_status:
            self.complaints.append(message.text)

    @property
    def last_status(self) -> int:
        """Return the status of the page that was opened last."""
        return next(one.status for one in reversed(self.responses) if one.request.is_navigation_request())

    def elsewhere(self, site: str) -> list[str]:
        """Return what was asked of other hosts."""
        return [one.url for one in self.responses if not one.url.startswith(site)]
