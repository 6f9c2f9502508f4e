"""What sign-in says: errors that say how to mend them, and notes on what was done."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

_CODE = _("This code is not right. Enter the one that the app shows now, or a recovery code not used before.")
_SENT = _("A link is on its way to %(email)s. Open it to confirm the address.")

SIGN_IN_ERRORS: Mapping[str, str | Promise] = {
    "account_inactive": _("This account is closed. Ask whoever looks after Accord at your institution."),
    "cannot_remove_primary_email": _("This is the address you sign in with. Change it instead."),
    "duplicate_email": _("This is your address already. Enter another one."),
    "email_password_mismatch": _("The email address and password do not match an account. Check both and try again."),
    "email_taken": _("Another account uses this email address. Use a different one."),
    "enter_current_password": _("This is not your present password. Enter it as you do to sign in."),
    "incorrect_code": _CODE,
    "incorrect_password": _("This is not your password. Enter it as you do to sign in."),
    "invalid_or_expired_key": _("This link has ended. Ask for a new one."),
    "invalid_login": _("The email address and password do not match an account. Check both and try again."),
    "invalid_password_reset": _("This link has ended or was used. Ask for a new one."),
    "max_email_addresses": _("You have %d addresses, the most one may. Remove one first."),
    "unknown_email": _("The email address and password do not match an account. Check both and try again."),
    "unverified_primary_email": _("Confirm this address first, by the link that was sent to it."),
    "same_as_current": _("This is what holds already. Enter something else."),
    "rate_limited": _("That was tried too often. Wait five minutes, then try again."),
    "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
    "add_email_blocked": _("This account has a second factor. Switch it off before you change the address."),
    "cannot_delete_authenticator": _("The second factor cannot be switched off."),
    "cannot_generate_recovery_codes": _("Recovery codes belong to a second factor. Set up an app or a passkey first."),
    "unverified_email": _("Confirm your email address first, so that you can come back if a device is lost."),
    "invalid_token": _("The identity provider's answer could not be verified. Start again."),
    "no_password": _("This is your only way to sign in. Set a password first, then disconnect."),
    "no_verified_email": _("Confirm your email address first, then disconnect."),
    "disconnect_last": _("This is your only way to sign in. Set a password first, then disconnect."),
    "connected_other": _("This identity is connected to another account. Disconnect it there first."),
}
"""By the codes of django-allauth."""

SIGN_IN_NOTES: Mapping[str, str | Promise] = {
    "account/messages/cannot_delete_primary_email.txt": SIGN_IN_ERRORS["cannot_remove_primary_email"],
    "account/messages/email_confirmation_failed.txt": _("This address is confirmed for another account already."),
    "account/messages/email_confirmation_sent.txt": _SENT,
    "account/messages/email_confirmed.txt": _("%(email)s is confirmed."),
    "account/messages/email_deleted.txt": _("%(email)s was removed."),
    "account/messages/password_changed.txt": _("The password was changed. All other sessions have ended."),
    "account/messages/password_set.txt": _("The password was set."),
    "account/messages/primary_email_set.txt": _("The address was changed."),
    "account/messages/unverified_primary_email.txt": SIGN_IN_ERRORS["unverified_primary_email"],
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes were made. Those from before no longer work."),
    "mfa/messages/totp_activated.txt": _("The authenticator app was set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app was switched off."),
    "mfa/messages/webauthn_added.txt": _("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
    "socialaccount/messages/account_connected.txt": _("The identity was connected to your account."),
    "socialaccount/messages/account_connected_other.txt": SIGN_IN_ERRORS["connected_other"],
    "socialaccount/messages/account_connected_updated.txt": _("This identity is connected to your account already."),
    "socialaccount/messages/account_disconnected.txt": _("The identity was disconnected."),
}
"""By the names that django-allauth gives its messages; what is not here is not said."""


def tried_too_often(minutes: int) -> str:
    """Return that somebody tried too often, and when they may come back."""
    words = ngettext(
        "That was tried too often. Try again in %(minutes)d minute, or sign in with a passkey.",
        "That was tried too often. Try again in %(minutes)d minutes, or sign in with a passkey.",
        minutes,
    )
    return words % {"minutes": minutes}
