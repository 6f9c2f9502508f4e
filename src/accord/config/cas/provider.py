"""What CAS says of a person, as django-allauth wants it: CAS 3.0, whose answer names the user and its attributes."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import Provider, ProviderAccount
from cas import CASClient, CASClientV3
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

STATE = "state"


class CasProvider(Provider):  # type: ignore[misc]  # allauth ships no types
    """One CAS server. The subject is the user that the server names; the server itself is the issuer."""

    id = "cas"
    name = "CAS"
    account_class = ProviderAccount
    supports_redirect = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bear the server's name."""
        super().__init__(*args, **kwargs)
        self.name = self.app.name

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:  # noqa: ARG002 (allauth's signature)
        """Return where signing in by this server begins."""
        url = reverse("cas_login", kwargs={"provider_id": self.app.provider_id})
        return f"{url}?{urlencode(kwargs)}" if kwargs else url

    def client(self, request: HttpRequest, state: str) -> CASClientV3:
        """Return the client that speaks to the server; `state` ties the way out to the way back."""
        back = reverse("cas_callback", kwargs={"provider_id": self.app.provider_id})
        return CASClient(
            version=3,
            service_url=request.build_absolute_uri(f"{back}?{urlencode({STATE: state})}"),
            server_url=self.app.settings["server_url"],
            session=get_adapter().get_requests_session(),
        )

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Send the browser to the server."""
        state = self.stash_redirect_state(request, process, next_url, data, **kwargs)
        return HttpResponseRedirect(self.client(request, state).get_login_url())

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return the user that the server names."""
        return str(data["user"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return name and address where the server tells them."""
        return {
            "name": _first(data, "displayName", "cn", "name"),
            "email": _first(data, "mail", "email"),
        }

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:  # noqa: ARG002 (allauth's signature)
        """Return no address: what the server tells is confirmed by mail before it counts."""
        return []


def _first(data: dict[str, Any], *names: str) -> str:
    """Return the first attribute that is there; of several values the first."""
    for name in names:
        value = data.get("attributes", {}).get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value:
            return value
    return ""


provider_classes = [CasProvider]
