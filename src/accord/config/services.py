"""What an installation stands on beside its database: storage, mail, identity providers, addresses.

`accord doctor` asks what can be told at once; with `--thorough` it also goes there: it reads every file, keeps and
drops a small one, greets the mail server, and asks each identity provider for its description.
"""

import hashlib
import io
import smtplib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.core.mail import get_connection

from accord.config import readiness
from accord.config.findings import Finding, faults, one, rows
from accord.config.providers import Provider
from accord.kernel.store import FolderStore, Store, StoreError

FIRST_WRONG = 400
PROOF = b"Kept and dropped by accord doctor."
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE = urllib3.Timeout(connect=5, read=10)
KNOWN = "SELECT digest, size FROM files_blob WHERE swept_at IS NULL ORDER BY digest"
DUE = """SELECT count(*) FROM outbox_delivery
    WHERE state IN ('queued', 'failed', 'sending') AND next_at < now() - interval '1 hour'
      AND coalesce(claimed_until_at, '-infinity') < now() AND (channel <> 'mail' OR %s)"""


def examine(*, thorough: bool) -> Iterator[Finding]:
    """Yield what is found of everything that Accord stands on."""
    yield storage(settings.FILE_STORE, thorough=thorough)
    yield files(settings.FILE_STORE, thorough=thorough)
    yield outbox()
    yield addresses()
    if thorough:
        yield mail_server()
        yield identity_providers(settings.PROVIDERS)


def storage(store: Store, *, thorough: bool) -> Finding:
    """See that files can be kept; thoroughly, by keeping one and dropping it."""
    mend = "Give Accord's user the right to write there, or mend ACCORD_FILES and the key to the bucket."
    try:
        readiness.can_keep(store)
        if thorough:
            _keep_one(store)
    except (readiness.NotReadyError, StoreError, OSError) as error:
        return Finding("storage", ok=False, what=str(error), mend=mend)
    return Finding("storage", ok=True, what="a file was kept and dropped" if thorough else "can be used")


def _keep_one(store: Store) -> None:
    """Keep a small file, read it back and drop it."""
    digest = hashlib.sha256(PROOF).hexdigest()
    store.keep(digest, io.BytesIO(PROOF))
    try:
        if b"".join(store.chunks(digest)) != PROOF:
            raise StoreError("what was kept is read back as something else")
    finally:
        store.drop(digest)


def files(store: Store, *, thorough: bool) -> Finding:
    """See that the bytes of every file are there; thoroughly, that they are what was kept."""
    known = rows(KNOWN)
    if not isinstance(store, FolderStore) and not thorough:
        return Finding("files", ok=True, what=f"{len(known)} are kept in a bucket; --thorough asks for each")
    try:
        found = [f"{digest[:12]} {wrong}" for digest, _size in known if (wrong := _fault(store, digest, thorough))]
    except StoreError as error:
        return Finding("files", ok=False, what=str(error), mend="Mend the storage first.")
    mend = "Bring them back from a backup: `accord restore` into a new folder, then copy `files/`."
    return faults("files", found, mend, fine=f"all {len(known)} are {'as they were kept' if thorough else 'there'}")


def _fault(store: Store, digest: str, thorough: bool) -> str:  # noqa: FBT001 - asked for each of many files
    """Return what is wrong with a file, or nothing."""
    if not store.has(digest):
        return "is missing"
    if thorough:
        found = hashlib.sha256()
        for piece in store.chunks(digest):
            found.update(piece)
        return "" if found.hexdigest() == digest else "is not what was kept"
    return ""


def outbox() -> Finding:
    """See that what is to leave leaves: nothing is due for more than an hour. A demo world sends nothing."""
    if one("SELECT count(*) FROM kernel_world WHERE is_demo"):
        return Finding("outbox", ok=True, what="sends nothing from a demo world")
    late = one(DUE, [bool(settings.EMAIL_HOST)])
    return Finding(
        "outbox",
        not late,
        f"{late} letters or posts are more than an hour late" if late else "nothing is late",
        "Start `accord worker`; read under /letters/ and /webhooks/ why they were not taken.",
    )


def addresses() -> Finding:
    """See that links in letters lead to where people reach Accord."""
    host = urlsplit(settings.SITE_ADDRESS).hostname
    lost = bool(settings.EMAIL_HOST or settings.SECURE_SSL_REDIRECT) and host in LOOPBACK
    what = f"links in letters lead to {settings.SITE_ADDRESS}"
    return Finding("addresses", not lost, what, "Set ACCORD_SITE to the address that people use.")


def mail_server() -> Finding:
    """See that the mail server takes mail from us; sends none."""
    if not settings.EMAIL_HOST:
        return Finding("mail server", ok=True, what="none is set; mail stays in the outbox")
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server: Any = get_connection(SMTP)
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        what = f"{where} does not take us: {type(error).__name__}"
        return Finding("mail server", ok=False, what=what, mend="Mend ACCORD_MAIL_SERVER, or start that server.")
    return Finding("mail server", ok=True, what=f"{where} takes mail")


def identity_providers(providers: tuple[Provider, ...]) -> Finding:
    """See that each identity provider answers where its description lies."""
    asked = [(one.id, address) for one in providers if (address := _description_of(one))]
    found = [f"{name} does not answer: {wrong}" for name, address in asked if (wrong := _asked(address))]
    return faults(
        "providers",
        found,
        "See that this machine reaches them, and that ACCORD_PROVIDERS names them rightly.",
        fine=f"all {len(asked)} providers answer" if asked else "no provider is set",
    )


def _description_of(provider: Provider) -> str:
    """Return the address that says what a provider is; nothing where a file does."""
    if provider.kind == "oidc":
        return f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    if provider.kind == "cas":
        return f"{provider.issuer.rstrip('/')}/login"
    found = str(provider.app.get("settings", {}).get("idp", {}).get("metadata_url", ""))
    return found if found.startswith("http") else ""


def _asked(address: str) -> str:
    """Ask an address; return what went wrong, or nothing."""
    try:
        answer = urllib3.PoolManager().request("GET", address, timeout=PATIENCE, retries=False)
    except urllib3.exceptions.HTTPError as error:
        return type(error).__name__
    return "" if answer.status < FIRST_WRONG else f"HTTP {answer.status}"
