"""Secrets that are shown once and kept as a digest: tokens of links, of programs, of invitations.

A token is 256 random bits. Nobody guesses it, so a plain SHA-256 keeps it (a slow hash protects what can be guessed),
and looking up its digest by an index tells nothing of others. It needs no signature: a signature would prove that
Accord made it, which being found proves already, and what is signed could neither be revoked nor counted.
"""

import hashlib
import logging
import secrets
import string
from collections.abc import Iterator
from typing import Any

from django.urls import ResolverMatch

TOKEN_BYTES = 32
PREFIX_LETTERS = 8
ACCESS_MARK = "accord"
"""What every access token starts with, so that scanners of published code find lost ones."""

_LETTERS = string.ascii_lowercase + string.digits


def new_token() -> str:
    """Return a new secret for an address, 43 letters. Doors call this and pass it down."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_access_token() -> str:
    """Return a new secret for a program: `accord_`, eight letters to tell it apart, and the secret itself."""
    prefix = "".join(secrets.choice(_LETTERS) for _letter in range(PREFIX_LETTERS))
    return f"{ACCESS_MARK}_{prefix}_{new_token()}"


def prefix_of(token: str) -> str:
    """Return the letters that tell an access token apart; nothing for what is no access token."""
    mark, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    is_one = mark == ACCESS_MARK and len(prefix) == PREFIX_LETTERS and prefix.isascii() and prefix.isalnum() and secret
    return prefix if is_one else ""


def digest_of(token: str) -> str:
    """Return what is kept of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_same(digest: str, token: str) -> bool:
    """Say whether a token has this digest, in a time that does not depend on where they differ."""
    return secrets.compare_digest(digest, digest_of(token))


class HidesTokens(logging.Filter):
    """Takes the secret out of a logged address: a part named `token`, and the `key` of django-allauth's letters."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record's words; every record passes."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        for token in _secrets_of(match) if match else ():
            record.msg = _without(record.msg, token)
            if isinstance(record.args, tuple):
                record.args = tuple(_without(one, token) for one in record.args)
        return True


def _secrets_of(match: ResolverMatch) -> Iterator[str]:
    """Yield the parts of an address that are secret."""
    if "token" in match.kwargs:
        yield str(match.kwargs["token"])
    if "key" in match.kwargs and (match.url_name or "").startswith("account_"):
        yield str(match.kwargs["key"])


def _without(words: Any, token: str) -> Any:
    """Return words without the token; anything but words as it is."""
    return words.replace(token, "…") if isinstance(words, str) else words
