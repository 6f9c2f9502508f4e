"""The frame around every page, and how a refusal is answered."""

from collections.abc import Callable
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accord.kernel.access import Request
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.portal.chrome import chrome_of
from accord.ui.display import zone_of

Step = Callable[[HttpRequest], HttpResponse]


class ZoneMiddleware:
    """Shows times in the zone that the reader chose."""

    def __init__(self, get_response: Step) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on in the reader's zone; in the installation's where none was chosen."""
        with timezone.override(zone_of(request)):
            return self.get_response(request)


class ChromeMiddleware:
    """Puts the frame on the request; it is made when a page is drawn, not for data or static files."""

    def __init__(self, get_response: Step) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the frame and go on."""
        request.chrome = SimpleLazyObject(lambda: chrome_of(cast("Request", request)))  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusedMiddleware:
    """Answers what was refused and no door answered itself: 404, 403, or the refusal's own status."""

    def __init__(self, get_response: Step) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; Django asks `process_exception` when a view raises."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; anything else is left to Django."""
        if isinstance(exception, NotThere):
            raise Http404(str(exception)) from exception
        if isinstance(exception, NotAllowed):
            raise PermissionDenied(str(exception)) from exception
        if isinstance(exception, Refused):
            return render(request, "portal/refused.html", {"sentence": str(exception)}, status=exception.status)
        return None
