"""The mails of sign-in and invitations: their words in both languages, handed to Django's mail."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.text import EN, LANGUAGES

Text = str | Promise
_NOT_YOU = _("If that was not you, set a new password at once: %(reset_url)s")
_PASSWORD = _("The password of your account at Accord was changed. All other sessions have ended.")


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and paragraphs; values stand in them as %(name)s."""

    subject: Text
    paragraphs: tuple[Text, ...]


def _notice(subject: Text, paragraph: Text) -> Letter:
    """Return a letter that tells of a change and what to do if somebody else made it."""
    return Letter(subject, (paragraph, _("When: %(when)s. From the address: %(ip)s."), _NOT_YOU))


_CHANGED = _notice(_("Your password was changed"), _PASSWORD)
LETTERS: Mapping[str, Letter] = {
    "account/email/password_reset_key": Letter(
        _("Set a new password"),
        (
            _("Somebody asked for a new password for this address at Accord. This link sets one, within an hour:"),
            "%(password_reset_url)s",
            _("If that was not you, do nothing. The password stays as it is."),
        ),
    ),
    "account/email/unknown_account": Letter(
        _("No account for this address"),
        (
            _("Somebody asked for a new password for this address at Accord. There is no account with it."),
            _("You may have used another address. If that was not you, do nothing."),
        ),
    ),
    "account/email/account_already_exists": Letter(
        _("You have an account already"),
        (
            _("Somebody tried to open an account at Accord with this address. You have one already."),
            _("Sign in with it. If you forgot the password, set a new one: %(password_reset_url)s"),
        ),
    ),
    "account/email/email_confirmation": Letter(
        _("Confirm this address"),
        (
            _("This address is to sign in at Accord. To confirm it, open this link within three days:"),
            "%(activate_url)s",
            _("If that was not you, do nothing."),
        ),
    ),
    "account/email/password_changed": _CHANGED,
    "account/email/password_set": _CHANGED,
    "account/email/password_reset": _CHANGED,
    "account/email/email_changed": _notice(
        _("Your address was changed"), _("You now sign in at Accord with %(to_email)s, no longer with %(from_email)s.")
    ),
    "account/email/email_deleted": _notice(_("An address was removed"), _("%(deleted_email)s was removed at Accord.")),
    "account/email/email_confirm": _notice(_("An address was confirmed"), _("An address was confirmed.")),
    "mfa/email/totp_activated": _notice(
        _("An authenticator app was set up"), _("Signing in at Accord now asks for a code of the app.")
    ),
    "mfa/email/totp_deactivated": _notice(
        _("The authenticator app was switched off"), _("Signing in at Accord no longer asks for a code of the app.")
    ),
    "mfa/email/webauthn_added": _notice(_("A passkey was added"), _("A passkey was added to your account at Accord.")),
    "mfa/email/webauthn_removed": _notice(
        _("A passkey was removed"), _("A passkey was removed from your account at Accord.")
    ),
    "mfa/email/recovery_codes_generated": _notice(
        _("New recovery codes were made"), _("The recovery codes of your account from before no longer work.")
    ),
    "socialaccount/email/account_connected": _notice(
        _("An identity was connected"), _("You can now sign in at Accord by %(provider)s.")
    ),
    "socialaccount/email/account_disconnected": _notice(
        _("An identity was disconnected"), _("You can no longer sign in at Accord by %(provider)s.")
    ),
    "newcomer": Letter(
        _("Open your account at Accord"),
        (
            _("Somebody asked for an account at Accord with this address. To open it, open this link within 14 days:"),
            "%(url)s",
            _("If that was not you, do nothing. No account is made without you."),
        ),
    ),
    "newcomer-known": Letter(
        _("You have an account already"),
        (
            _("Somebody asked for an account at Accord with this address. You have one already: sign in with it."),
            "%(url)s",
            _("If that was not you, do nothing."),
        ),
    ),
    "invitation": Letter(
        _("Invitation to Accord"),
        (
            _("%(inviter)s invites you to Accord as %(role)s of %(institution)s."),
            _("To open your account, open this link by %(until)s:"),
            "%(url)s",
            _("If you do not know what this is about, do nothing. No account is made without you."),
        ),
    ),
}
"""By code; those of django-allauth bear its names."""


def letter(code: str, *, to: str, language: str, values: Mapping[str, object]) -> EmailMessage:
    """Make a mail in one language, or with `language` empty in both, one under the other."""
    found = LETTERS[code.removesuffix("_signup")]
    languages = (language,) if language in LANGUAGES else LANGUAGES
    parts = [_said(found, one, values) for one in languages]
    subjects = [subject for subject, _body in parts]
    bodies = [body for _subject, body in parts]
    return EmailMessage(subject=" · ".join(subjects), body="\n\n————\n\n".join(bodies), to=[to])


def _said(found: Letter, language: str, values: Mapping[str, object]) -> tuple[str, str]:
    with override(language if language in LANGUAGES else EN):
        spoken = {name: str(value) for name, value in values.items()}
        return str(found.subject) % spoken, "\n\n".join(str(part) % spoken for part in found.paragraphs)
