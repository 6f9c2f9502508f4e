"""The way to a CAS server and the way back, with the ticket that the server is asked about."""

from typing import cast
from xml.etree import ElementTree as ET

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login, render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.utils import respond_to_login_on_get
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from requests import RequestException

from accord.config.cas.provider import STATE, CasProvider


def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Send the browser to the server; a plain link asks first, so that no other site can start it."""
    provider = _provider(request, provider_id)
    asked: HttpResponseBase | None = respond_to_login_on_get(request, provider)
    return asked or cast("HttpResponseBase", provider.redirect_from_request(request))


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Ask the server about the ticket and sign in whom it names."""
    provider = _provider(request, provider_id)
    state, ticket = request.GET.get(STATE, ""), request.GET.get("ticket", "")
    try:
        kept = provider.unstash_redirect_state(request, state)
        user, attributes, _pgt = provider.client(request, state).verify_ticket(ticket)
    except PermissionDenied:
        return _refused(request, provider)
    except (RequestException, ET.ParseError, AttributeError, IndexError) as error:
        return _refused(request, provider, error)
    if not user:
        return _refused(request, provider)
    found = provider.sociallogin_from_response(request, {"user": user, "attributes": attributes or {}})
    found.state = kept
    return cast("HttpResponseBase", complete_social_login(request, found))


def _refused(request: HttpRequest, provider: CasProvider, error: Exception | None = None) -> HttpResponseBase:
    """Say that the server's answer could not be used."""
    return cast("HttpResponseBase", render_authentication_error(request, provider, exception=error))


def _provider(request: HttpRequest, provider_id: str) -> CasProvider:
    try:
        provider = get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    if not isinstance(provider, CasProvider):
        raise Http404
    return provider
