"""Sends mail: letters as they were written, notices in the reader's language, digests of several notices."""

from accord.outbox.operations._mail._links import UNSUBSCRIBE_ROUTE, read_unsubscribe, unsubscribe_token
from accord.outbox.operations._mail._send import MailServer, send_mail

__all__ = ["UNSUBSCRIBE_ROUTE", "MailServer", "read_unsubscribe", "send_mail", "unsubscribe_token"]
