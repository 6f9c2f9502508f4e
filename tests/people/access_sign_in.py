"""What the doors of signing in, of invitations and of one's own account answer to whom."""

from dataclasses import replace
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from tests.access import DONE, EVERYBODY, OWN, OWN_ACCOUNT, Probe, answers, done
from tests.cast import PASSWORD
from tests.house.stage import Stage
from tests.people.access import INVITED, MAY_GRANT, row

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Account

APP_SECRET = "PLANTEDSECRETOFANAPPPLANTEDSECRE"
NOBODY_CAME = answers(404, 404, 404, 404, 404, 404)
WRONG = answers(422, 422, 422, 422, 422, 422)
HOME = answers(302, 302, 302, 302, 302, 302)
NO_SUCH = answers(404, 404, 404, 404, 404)
UNKNOWN = answers(401, 401, 401, 401, 401, 401)
SENT_ON = replace(answers(302, 302, 302, 302, 302), is_ones_own=True)
INVITERS = answers(DONE, 404, 404, DONE, 404, deputy=403)


def furnish(stage: Stage) -> None:
    """Give the owner an authenticator app and recovery codes, and note every session and password."""
    account = Account.objects.get(person=stage.cast.owner.person)
    TOTP.activate(account, APP_SECRET)
    codes = RecoveryCodes.activate(account)
    stage.hide("the secret of an authenticator app", APP_SECRET)
    for number, code in enumerate(codes.generate_codes()):
        stage.hide(f"recovery code {number}", code)
    stage.hide("a password", PASSWORD)
    for one in Account.objects.all():
        stage.hide(f"the password hash of {one.email}", one.password)
    stage.rows["session"] = UserSession.objects.create(
        user=account, session_key=stage.session("owner"), ip="192.0.2.77", user_agent="Planted browser"
    )
    simulated = people.register_person(key="li-na", name=Bilingual("Li Na", "李娜"), is_simulated=True)
    people.open_account(person=simulated, email="li.na@example.org", password=None)
    stage.keep_private("where somebody is signed in", "192.0.2.77", "owner")


def token(value: str) -> Any:
    """Return what gives the parts of an address that a token is."""
    return lambda _stage: {"token": value}


def provider(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a provider that is not configured."""
    return {"provider_id": "unknown"}


def organization(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a SAML provider that is not configured."""
    return {"organization_slug": "unknown"}


def passkey(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a passkey that nobody has."""
    return {"pk": Authenticator.objects.latest("pk").pk + 100}


WRONG_PAIR = {"username": "owner@example.org", "password": "not the password"}
PROBES = [
    Probe("people:sign-in", get=EVERYBODY, post=WRONG, body=lambda _stage: WRONG_PAIR),
    Probe("people:sign-out", post=HOME),
    Probe("people:demo-role", post=done(EVERYBODY), at=lambda _stage: {"key": "li-na"}),
    Probe(
        "people:invitation",
        get=EVERYBODY,
        post=answers(409, 409, 409, 409, 409, DONE),
        at=token(INVITED),
        body=lambda _stage: {"name_0": "Guest", "password": "a long sentence of a guest"},
        form_of="visitor",
    ),
    Probe("people:invitations", get=MAY_GRANT),
    Probe(
        "people:invite",
        get=MAY_GRANT,
        post=done(MAY_GRANT),
        body=lambda _stage: {"email": "new@example.org", "role": "executive"},
    ),
    Probe("people:invitation-sent", get=answers(200, 404, 404, 200, 404), at=row("invitation")),
    Probe("people:invitation-again", post=INVITERS, at=row("invitation")),
    Probe("people:invitation-revoke", post=INVITERS, at=row("invitation")),
    Probe("people:account", get=OWN_ACCOUNT),
    Probe(
        "people:settings", get=OWN_ACCOUNT, post=done(OWN_ACCOUNT), body=lambda _stage: {"time_zone": "Asia/Shanghai"}
    ),
    Probe("people:sessions", get=OWN_ACCOUNT),
    Probe("people:end-other-sessions", post=SENT_ON),
    Probe("people:end-session", get=SENT_ON.but(owner=200), post=SENT_ON.but(owner=DONE), at=row("session")),
    Probe("people:reset-password", get=EVERYBODY, post=WRONG, at=token("1-ended")),
    Probe("people:confirm-address", get=EVERYBODY, post=NOBODY_CAME, at=token("ended")),
    Probe("account_login", get=EVERYBODY, post=WRONG, body=lambda _stage: WRONG_PAIR),
    Probe("account_logout", post=HOME),
    Probe("account_signup", get=EVERYBODY),
    Probe("account_inactive", get=EVERYBODY),
    Probe("account_reset_password", get=EVERYBODY, post=HOME, body=lambda _stage: {"email": "partner@example.org"}),
    Probe("account_reset_password_done", get=EVERYBODY),
    Probe("account_reset_password_from_key_done", get=EVERYBODY),
    Probe(
        "account_reset_password_from_key", get=EVERYBODY, post=WRONG, at=lambda _stage: {"uidb36": "1", "key": "ended"}
    ),
    Probe("account_confirm_email", get=EVERYBODY, post=NOBODY_CAME, at=lambda _stage: {"key": "ended"}),
    Probe("account_email_verification_sent", get=EVERYBODY),
    Probe("mfa_authenticate", get=HOME, post=HOME),
    Probe("mfa_login_webauthn", get=HOME, post=HOME),
    Probe("socialaccount_login_cancelled", get=EVERYBODY),
    Probe("socialaccount_login_error", get=UNKNOWN),
    Probe("socialaccount_signup", get=HOME, post=HOME),
    Probe("openid_connect_login", get=NOBODY_CAME, post=NOBODY_CAME, at=provider),
    Probe("openid_connect_callback", get=NOBODY_CAME, post=NOBODY_CAME, at=provider),
    Probe("saml_login", get=NOBODY_CAME, post=NOBODY_CAME, at=organization),
    Probe("saml_acs", get=HOME, post=HOME, at=organization),
    Probe("saml_finish_acs", get=NOBODY_CAME, post=NOBODY_CAME, at=organization),
    Probe("saml_sls", get=NOBODY_CAME, post=NOBODY_CAME, at=organization),
    Probe("saml_metadata", get=NOBODY_CAME, post=NOBODY_CAME, at=organization),
    Probe("cas_login", get=NOBODY_CAME, post=NOBODY_CAME, at=provider),
    Probe("cas_callback", get=NOBODY_CAME, post=NOBODY_CAME, at=provider),
    Probe(
        "account_email",
        get=OWN_ACCOUNT,
        post=done(OWN_ACCOUNT),
        body=lambda _stage: {"email": "n@example.org", "action_add": ""},
        form_of="outsider",
    ),
    Probe(
        "account_change_password",
        get=OWN_ACCOUNT,
        post=done(OWN_ACCOUNT),
        body=lambda _stage: {"oldpassword": PASSWORD, "password1": "another long sentence of mine"},
    ),
    Probe("account_set_password", get=SENT_ON, post=SENT_ON),
    Probe("account_reauthenticate", get=OWN_ACCOUNT, post=SENT_ON, body=lambda _stage: {"password": PASSWORD}),
    Probe(
        "mfa_reauthenticate",
        get=SENT_ON.but(owner=200),
        post=SENT_ON.but(owner=422),
        body=lambda _stage: {"code": "000000"},
    ),
    Probe("mfa_reauthenticate_webauthn", get=SENT_ON, post=SENT_ON),
    Probe("mfa_index", get=SENT_ON),
    Probe(
        "mfa_activate_totp",
        get=OWN_ACCOUNT.but(owner=302),
        post=OWN_ACCOUNT.but(owner=302, outsider=422),
        body=lambda _stage: {"code": "000000"},
        form_of="outsider",
    ),
    Probe("mfa_deactivate_totp", get=OWN, post=done(OWN)),
    Probe("mfa_view_recovery_codes", get=OWN),
    Probe("mfa_generate_recovery_codes", get=OWN_ACCOUNT, post=done(OWN_ACCOUNT)),
    Probe("mfa_download_recovery_codes", get=OWN),
    Probe("mfa_list_webauthn", get=OWN_ACCOUNT),
    Probe("mfa_add_webauthn", get=OWN_ACCOUNT, post=OWN_ACCOUNT.but(owner=422)),
    Probe("mfa_edit_webauthn", get=NO_SUCH, post=NO_SUCH, at=passkey),
    Probe("mfa_remove_webauthn", get=NO_SUCH, post=NO_SUCH, at=passkey),
    Probe("socialaccount_connections", get=OWN_ACCOUNT, post=OWN_ACCOUNT.but(owner=422)),
]
