"""Secrets and signatures of webhooks, as Standard Webhooks has them. No secret is kept: each is derived from a mark."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

from accord.outbox.models import Endpoint

PREFIX = "whsec_"
BOTH_SIGN = timedelta(hours=24)


def secret_of(mark: UUID) -> str:
    """Return the secret of a mark, as receivers enter it: 32 bytes that only this installation can derive."""
    return PREFIX + base64.b64encode(_key(mark)).decode("ascii")


def _key(mark: UUID) -> bytes:
    """Return the bytes of a secret."""
    return salted_hmac("accord.outbox.webhook-secret", str(mark), algorithm="sha256").digest()


def signatures(endpoint: Endpoint, *, message_id: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the three heads of a webhook; while a secret is being changed both the new and the old one sign."""
    timestamp = str(int(at.timestamp()))
    marks = [endpoint.secret_mark]
    if endpoint.old_secret_mark and endpoint.old_secret_until_at and endpoint.old_secret_until_at > at:
        marks.append(endpoint.old_secret_mark)
    signed = b".".join([message_id.encode(), timestamp.encode(), body])
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_signature(_key(mark), signed)}" for mark in marks),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
