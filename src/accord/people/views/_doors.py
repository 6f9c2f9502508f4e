"""Doors around the pages of django-allauth: who may come in, which methods, and our answer to wrong input."""

import logging
from collections.abc import Callable
from typing import Any, cast
from urllib.error import URLError
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from onelogin.saml2.errors import OneLogin_Saml2_Error
from requests import RequestException

from accord.kernel.access import Request, open_to_all, signed_in
from accord.ui.forms import WRONG_FORM

Page = Callable[..., HttpResponseBase]
NOT_REACHED = 503
logger = logging.getLogger(__name__)


def entrance(page: Page) -> Page:
    """Let everybody through to a page of signing in."""
    return _door(page, open_to_all)


def own(page: Page) -> Page:
    """Let whoever is signed in through to a page of their own account."""
    return _door(page, signed_in)


def departure(page: Page) -> Page:
    """Let everybody through to where signing in by an identity provider begins.

    The browser is led away by a page of ours, since our forms may lead nowhere else; the page also works as a link.
    """

    def leave(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _led_away(request, page(request, *args, **kwargs))

    return _door(_with_words(leave), open_to_all)


def arrival(page: Page) -> Page:
    """Let everybody through to where an identity provider sends them back."""
    return _door(_with_words(page), open_to_all)


def _with_words(page: Page) -> Page:
    """Say in words that a provider cannot be reached, or says what cannot be read."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except (RequestException, OneLogin_Saml2_Error, URLError):
            logger.exception("An identity provider failed.")
            return render(request, "socialaccount/authentication_error.html", status=NOT_REACHED)

    view.csrf_exempt = getattr(page, "csrf_exempt", False)  # type: ignore[attr-defined]  # see below
    return view


def _door(page: Page, access: Callable[..., Any]) -> Page:
    """Return the page behind its door, told apart as a view of ours."""

    def view(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _judged(page(request, *args, **kwargs))

    view.csrf_exempt = getattr(page, "csrf_exempt", False)  # type: ignore[attr-defined]  # where a provider posts to us
    return cast("Page", never_cache(require_http_methods(["GET", "HEAD", "POST"])(access(view))))


def _judged(answer: HttpResponseBase) -> HttpResponseBase:
    """Answer a form that was sent and is wrong with 422, as everywhere in Accord."""
    form = answer.context_data.get("form") if isinstance(answer, TemplateResponse) and answer.context_data else None
    if (
        answer.status_code == HttpResponse.status_code
        and getattr(form, "is_bound", False)
        and getattr(form, "errors", None)
    ):
        answer.status_code = WRONG_FORM
    return answer


def _led_away(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Turn a redirect to another site into a page that goes there by itself."""
    url = answer.headers.get("Location", "")
    if not urlsplit(url).netloc or urlsplit(url).netloc == request.get_host():
        return answer
    page = render(request, "people/go_on.html", {"url": url, "host": urlsplit(url).netloc})
    page.headers["Refresh"] = f"0; url={url}"
    return page
