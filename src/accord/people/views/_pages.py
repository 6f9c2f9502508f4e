"""The pages that django-allauth keeps, each behind a door of ours; the names are allauth's own."""

from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.providers.saml import views as saml
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from accord.people import queries
from accord.people.views._doors import arrival, departure, entrance, own
from accord.people.views._sign_in import providers_to_choose


def _new_password(request: HttpRequest, token: str) -> HttpResponseBase:
    """Set a new password by a link from a mail; account and key stand in one part of the address."""
    who, _dash, key = token.partition("-")
    answer: HttpResponseBase = account.password_reset_from_key(request, uidb36=who, key=key)
    return answer


def _confirm_address(request: HttpRequest, token: str) -> HttpResponseBase:
    """Confirm an address by a link from a mail."""
    answer: HttpResponseBase = account.confirm_email(request, key=token)
    return answer


def _assertion(request: HttpRequest, **parts: Any) -> HttpResponseBase:
    """Take what a SAML provider posts; nothing else is asked here."""
    answer: HttpResponseBase = saml.acs(request, **parts)
    return answer


def _identities(request: HttpRequest) -> HttpResponseBase:
    """List the connected identities and what else can be connected."""
    answer: HttpResponseBase = social.connections(request)
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        answer.context_data["identities"] = queries.identities_of(cast("queries.Account", request.user))
        answer.context_data["providers"] = providers_to_choose(request)
    return answer


_assertion.csrf_exempt = True  # type: ignore[attr-defined]  # it comes from the provider's page, bound to a request of ours

forgotten = entrance(account.password_reset)
forgotten_sent = entrance(account.password_reset_done)
new_password = entrance(_new_password)
new_password_set = entrance(account.password_reset_from_key_done)
address_waits = entrance(account.email_verification_sent)
confirm_address = entrance(_confirm_address)
closed_account = entrance(account.account_inactive)
second_factor_asked = entrance(second.authenticate)
by_passkey = entrance(passkeys.login_webauthn)
provider_cancelled = entrance(social.login_cancelled)
provider_failed = entrance(social.login_error)
newcomer = entrance(social.signup)
oidc_login = departure(oidc.login)
oidc_back = arrival(oidc.callback)
saml_login = departure(saml.login)
saml_assertion = entrance(_assertion)
saml_back = arrival(saml.finish_acs)
saml_sign_out = entrance(saml.sls)
saml_metadata = arrival(saml.metadata)

address = own(account.email)
change_password = own(account.password_change)
set_password = own(account.password_set)
confirm_its_you = own(account.reauthenticate)
confirm_by_code = own(second.reauthenticate)
confirm_by_passkey = own(passkeys.reauthenticate_webauthn)
activate_app = own(totp.activate_totp)
switch_off_app = own(totp.deactivate_totp)
recovery_codes = own(codes.view_recovery_codes)
recovery_codes_file = own(codes.download_recovery_codes)
new_recovery_codes = own(codes.generate_recovery_codes)
list_passkeys = own(passkeys.list_webauthn)
add_passkey = own(passkeys.add_webauthn)
rename_passkey = own(passkeys.edit_webauthn)
remove_passkey = own(passkeys.remove_webauthn)
identities = own(_identities)
