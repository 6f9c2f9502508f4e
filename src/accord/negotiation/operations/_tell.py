"""Tells the other parties what happened: people by notice, their systems by event."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from accord.kernel.records import reference
from accord.kernel.text import Bilingual
from accord.negotiation.enums import RequestState
from accord.negotiation.models import (
    Approval,
    ChangeRequest,
    Negotiation,
    NegotiationParty,
    Reply,
    Signature,
    TextVersion,
)
from accord.outbox.operations import announce_event, notify
from accord.people.enums import Role
from accord.people.queries import Person, holders_of

RECORD = "negotiation"


def tell_start(negotiation: Negotiation, *, by: Person, at: datetime) -> None:
    """Tell the other parties that a negotiation began."""
    subject = _about("%s is being negotiated", "正在协商：%s", negotiation)
    body = Bilingual(
        "The coordinator writes the first draft. You are told when a text is put forward.",
        "牵头方正在起草。文本提交后会通知您。",
    )
    _tell(negotiation, "started", subject, body, key="started", by=by, at=at)


def tell_text(text: TextVersion, *, by: Person, at: datetime) -> None:
    """Tell the other parties that a text waits for their review."""
    number = text.number
    subject = _about(f"Version {number} of %s waits for your review", f"第{number}版待您审阅：%s", text.negotiation)
    body = Bilingual(
        "Read what changed, ask for changes at the place in question, or approve the text. "
        "Approvals of earlier versions hold no longer.",
        "查看改动，在有关条款处提出修改意见，或批准文本。对先前版本的批准不再有效。",
    )
    _tell(text.negotiation, "put-forward", subject, body, key=f"text:{number}", by=by, at=at)


def tell_request(request: ChangeRequest, *, by: Person, at: datetime) -> None:
    """Tell the other parties that one asks for a change."""
    name = request.party.name
    negotiation = request.text.negotiation
    subject = _about(f"{name.side('en') or name} asks for a change in %s", f"{_zh(name)}对%s提出修改意见", negotiation)
    body = Bilingual(request.asked, request.asked)
    url = reverse("negotiation:request", args=[negotiation.key, request.pk])
    _tell(negotiation, "requested", subject, body, key=f"request:{request.pk}", by=by, at=at, url=url)


def tell_reply(reply: Reply, *, by: Person, at: datetime) -> None:
    """Tell the party that asked, and the coordinator, what was replied."""
    request = reply.request
    negotiation = request.text.negotiation
    subject = _about("A reply to a requested change in %s", "修改意见有了回复：%s", negotiation)
    url = reverse("negotiation:request", args=[negotiation.key, request.pk])
    body = Bilingual(reply.text, reply.text)
    _tell(negotiation, "replied", subject, body, key=f"reply:{reply.pk}", by=by, at=at, url=url)


def tell_decision(request: ChangeRequest, *, by: Person, at: datetime) -> None:
    """Tell the other parties what became of a requested change."""
    english, chinese = _DECIDED[RequestState(request.state)]
    negotiation = request.text.negotiation
    subject = _about(english, chinese, negotiation)
    body = Bilingual(request.why or request.asked, request.why or request.asked)
    url = reverse("negotiation:request", args=[negotiation.key, request.pk])
    _tell(negotiation, "answered", subject, body, key=f"decision:{request.pk}", by=by, at=at, url=url)


def tell_approval(approval: Approval, *, by: Person, at: datetime) -> None:
    """Tell the other parties that one approved the text."""
    text, name = approval.text, approval.party.name
    subject = _about(
        f"{name.side('en') or name} approved version {text.number} of %s",
        f"{_zh(name)}已批准%s第{text.number}版",
        text.negotiation,
    )
    body = Bilingual(f"Approved by its digest: {text.digest}.", f"批准依据摘要：{text.digest}。")
    _tell(text.negotiation, "approved", subject, body, key=f"approval:{approval.pk}", by=by, at=at)


def tell_signature(signature: Signature, *, by: Person, at: datetime) -> None:
    """Tell the other parties that one signed."""
    name, negotiation = signature.party.name, signature.text.negotiation
    subject = _about(f"{name.side('en') or name} signed %s", f"{_zh(name)}已签署%s", negotiation)
    body = Bilingual("The last signature brings it into force.", "最后一方签署后生效。")
    _tell(negotiation, "signed", subject, body, key=f"signature:{signature.pk}", by=by, at=at)


def tell_agreement(negotiation: Negotiation, text: TextVersion, *, by: Person, at: datetime) -> None:
    """Tell the other parties that all have signed."""
    subject = _about("%s is signed and in force", "%s已签署并生效", negotiation)
    body = Bilingual(
        f"All parties signed version {text.number}. Its promises stand on the board.",
        f"各方已签署第{text.number}版，其中的承诺已列入看板。",
    )
    url = reverse("measures:board", args=[negotiation.result.key]) if negotiation.result else ""
    _tell(negotiation, "in-force", subject, body, key="in-force", by=by, at=at, url=url)


def tell_withdrawal(negotiation: Negotiation, *, by: Person, at: datetime) -> None:
    """Tell the other parties that the negotiation ended without an agreement."""
    subject = _about("The negotiation of %s was withdrawn", "协商已撤回：%s", negotiation)
    body = Bilingual(negotiation.why_ended, negotiation.why_ended)
    _tell(negotiation, "withdrawn", subject, body, key="withdrawn", by=by, at=at)


_DECIDED = {
    RequestState.ACCEPTED: ("A requested change in %s was accepted", "修改意见已采纳：%s"),
    RequestState.DECLINED: ("A requested change in %s was declined", "修改意见未采纳：%s"),
    RequestState.WITHDRAWN: ("A requested change in %s was taken back", "修改意见已收回：%s"),
}


def _tell(
    negotiation: Negotiation,
    topic: str,
    subject: Bilingual,
    body: Bilingual,
    *,
    key: str,
    by: Person,
    at: datetime,
    url: str = "",
) -> None:
    """Write the notice to everybody of the parties but the one who did it, and the event to their systems."""
    parties = list(NegotiationParty.objects.filter(negotiation=negotiation, removed_at=None))
    record = reference(RECORD, negotiation.pk)
    code = f"negotiation.{topic}"
    whole = f"negotiation:{negotiation.pk}:{key}"
    notify(
        topic=code,
        people=_people(parties, at) - {by.pk},
        subject=subject,
        body=body,
        url=url or reverse("negotiation:negotiation", args=[negotiation.key]),
        record=record,
        key=whole,
        at=at,
    )
    announce_event(
        topic=code,
        data={"negotiation": negotiation.key, "state": negotiation.state, "what": key},
        institutions={party.institution_id for party in parties},
        record=record,
        key=f"event:{whole}",
        at=at,
        subject=subject,
        url=url or reverse("negotiation:negotiation", args=[negotiation.key]),
    )


def _people(parties: Collection[NegotiationParty], at: datetime) -> set[int]:
    """Return the officers of the parties, with the contact and the backup of each."""
    named = {one for party in parties for one in (party.contact_id, party.backup_id) if one is not None}
    institutions = {party.institution_id for party in parties}
    return named | holders_of([Role.OFFICER], institutions, on=at.date())


def _about(english: str, chinese: str, negotiation: Negotiation) -> Bilingual:
    """Return a subject in both languages with the title in its place, in whichever language the title is."""
    title = negotiation.title
    return Bilingual(english % (title.en or title.zh_hans), chinese % f"“{_zh(title)}”")


def _zh(text: Bilingual) -> str:
    """Return the Chinese side, or the other where it is missing."""
    return text.zh_hans or text.en
