"""Choices and permissions of the negotiation context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

APPROVE_BY_LINK = "negotiation.approve"
"""What a link is for by which somebody without an account approves the text in review for a party."""


class NegotiationKind(models.TextChoices):
    """What comes out of it."""

    NEW = "new", _("New agreement")
    AMENDMENT = "amendment", pgettext_lazy("negotiation", "Amendment")
    RENEWAL = "renewal", _("Renewal")


class NegotiationState(models.TextChoices):
    """Where a negotiation stands."""

    DRAFT = "draft", _("Being drafted")
    IN_REVIEW = "in-review", _("In review")
    APPROVED = "approved", _("Approved by all")
    SIGNED = "signed", pgettext_lazy("negotiation", "Signed")
    WITHDRAWN = "withdrawn", pgettext_lazy("negotiation", "Withdrawn")


OPEN_STATES = (NegotiationState.DRAFT, NegotiationState.IN_REVIEW, NegotiationState.APPROVED)


class RequestState(models.TextChoices):
    """Where a requested change stands."""

    OPEN = "open", pgettext_lazy("request", "Open")
    ACCEPTED = "accepted", pgettext_lazy("request", "Accepted")
    DECLINED = "declined", pgettext_lazy("request", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Taken back")


class Act(StrEnum):
    """What a party can do in a negotiation; `rules.why_not` says when."""

    EDIT = "edit"
    PUT_FORWARD = "put-forward"
    ASK = "ask"
    REPLY = "reply"
    DECIDE = "decide"
    APPROVE = "approve"
    SIGN = "sign"
    WITHDRAW = "withdraw"


class Subject(models.TextChoices):
    """The headings under which a draft's promises stand on the board."""

    PEOPLE = "people", _("People and training")
    RESEARCH = "research", _("Research and development")
    GROWTH = "growth", _("Companies and growth")
    SPACE = "space", _("Space and facilities")
    STANDARDS = "standards", _("Standards and data")
    TOGETHER = "together", _("Working together")


class Permission(StrEnum):
    """What the negotiation context guards; `rules.py` decides each."""

    VIEW = "negotiation.view"
    START = "negotiation.start"
    DRAFT = "negotiation.draft"
    ANSWER = "negotiation.answer"
    BIND = "negotiation.bind"
