"""Where a negotiation stands, in words: one opening sentence, who acts next, the tasks, what happened."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.negotiation.enums import Act, NegotiationState
from accord.negotiation.queries import Negotiation, PartyStand, TextVersion
from accord.negotiation.views._room import Room
from accord.ui import say
from accord.ui.parts import Event, Link, Task, TaskGroup, TaskList, TaskStatus, Timeline


def opening(room: Room, stands: Sequence[PartyStand]) -> str:
    """Return the sentence that says where the negotiation stands and whose turn it is."""
    state = NegotiationState(room.negotiation.state)
    words = {"coordinator": room.coordinator.name, "number": room.course.latest}
    if state is NegotiationState.DRAFT:
        return _("%(coordinator)s is writing the first draft.") % words
    if state is NegotiationState.IN_REVIEW:
        return _in_review(room, stands)
    if state is NegotiationState.APPROVED:
        waiting = [one for one in stands if one.must_sign and one.signature is None]
        names = _names(waiting)
        return _("All parties approved version %(number)s. Still to sign: %(names)s.") % {**words, "names": names}
    if state is NegotiationState.SIGNED:
        return _("All parties signed version %(number)s, and it is in force.") % words
    return _("Withdrawn: %(why)s") % {"why": room.negotiation.why_ended}


def _in_review(room: Room, stands: Sequence[PartyStand]) -> str:
    """Return who has not approved yet, and how many requested changes wait."""
    waiting = _names([one for one in stands if one.must_sign and one.approval is None])
    said = _("Version %(number)s is in review. Still to approve: %(names)s.") % {
        "number": room.course.latest,
        "names": waiting,
    }
    asked = room.course.open_requests
    if not asked:
        return said
    more = ngettext(
        "%(count)s requested change waits for %(coordinator)s.",
        "%(count)s requested changes wait for %(coordinator)s.",
        asked,
    )
    more %= {"count": asked, "coordinator": room.coordinator.name}
    return _("%(said)s %(more)s") % {"said": said, "more": more}


def _names(stands: Sequence[PartyStand]) -> str:
    return _(", ").join(str(one.party.name) for one in stands)


def next_steps(room: Room) -> list[Link]:
    """Return what the reader can do now, the main act first."""
    key = room.negotiation.key
    links = []
    approving = room.party_for(Act.APPROVE)
    if room.may(Act.SIGN) and _still(room, Act.SIGN):
        links.append(Link(_("Sign"), reverse("negotiation:sign", args=[key])))
    if room.may(Act.APPROVE) and approving and approving.pk not in room.course.approved:
        words = _("Approve version %(number)s") % {"number": room.course.latest}
        links.append(Link(words, reverse("negotiation:approve", args=[key])))
    if room.may_draft and room.course.is_open and room.course.open_requests:
        links.append(Link(_("Answer requested changes"), reverse("negotiation:requests", args=[key])))
    if room.may_draft and room.course.is_open:
        links.append(Link(_("Open the draft"), reverse("negotiation:draft", args=[key])))
    if room.latest is not None:
        words = _("Read version %(number)s") % {"number": room.latest.number}
        links.append(Link(words, reverse("negotiation:text", args=[key, room.latest.number])))
    return links


def _still(room: Room, act: Act) -> bool:
    """Say whether the reader's party has not done it yet."""
    party = room.party_for(act)
    done = room.course.signed if act is Act.SIGN else room.course.approved
    return party is not None and party.pk not in done


def tasks_of(room: Room) -> TaskList | None:
    """Return the steps of the reader's side; None for those who only read, and once it has ended."""
    if not room.course.is_open or not room.mine:
        return None
    key = room.negotiation.key
    tasks = []
    if room.may_draft:
        status = TaskStatus.COMPLETED if room.latest else TaskStatus.IN_PROGRESS
        tasks.append(Task(_("Write the draft and put it forward"), reverse("negotiation:draft", args=[key]), status))
        tasks.append(_answering(room))
    binding = room.party_for(Act.APPROVE)
    if binding is not None:
        tasks += [_approving(room, binding.pk), _signing(room, binding.pk)]
    return TaskList([TaskGroup(_("Your side"), tasks)]) if tasks else None


def _answering(room: Room) -> Task:
    """Return the coordinator's task of answering requests."""
    url = reverse("negotiation:requests", args=[room.negotiation.key])
    if not room.course.open_requests:
        status = TaskStatus.COMPLETED if room.latest else TaskStatus.CANNOT_START
        return Task(_("Answer requested changes"), url if room.latest else "", status, _("None is open."))
    return Task(_("Answer requested changes"), url, TaskStatus.IN_PROGRESS)


def _approving(room: Room, party: int) -> Task:
    """Return the task of approving the text in review."""
    title = _("Read and approve the text")
    if party in room.course.approved:
        return Task(title, _text_url(room), TaskStatus.COMPLETED)
    reason = room.why_not(Act.APPROVE)
    if reason is not None:
        return Task(title, _text_url(room), TaskStatus.CANNOT_START, reason)
    return Task(title, reverse("negotiation:approve", args=[room.negotiation.key]))


def _signing(room: Room, party: int) -> Task:
    """Return the task of signing."""
    if party in room.course.signed:
        return Task(_("Sign"), _text_url(room), TaskStatus.COMPLETED)
    reason = room.why_not(Act.SIGN)
    if reason is not None:
        return Task(_("Sign"), "", TaskStatus.CANNOT_START, reason)
    return Task(_("Sign"), reverse("negotiation:sign", args=[room.negotiation.key]))


def _text_url(room: Room) -> str:
    """Return the address of the text in review; none while there is none."""
    if room.latest is None:
        return ""
    return reverse("negotiation:text", args=[room.negotiation.key, room.latest.number])


def history_of(negotiation: Negotiation, texts: Sequence[TextVersion]) -> Timeline:
    """Return what happened: the beginning, every text, the approvals of each, the end."""
    events = [Event(say.moment(negotiation.started_at), _("Negotiation begun"), str(negotiation.started_by.name))]
    for text in reversed(texts):
        url = reverse("negotiation:text", args=[negotiation.key, text.number])
        words = _("Version %(number)s put forward") % {"number": text.number}
        who = str(text.put_forward_by.name)
        events.append(Event(say.moment(text.put_forward_at), words, who, str(text.note), url))
        for one in text.approvals.all():
            words = _("%(party)s approved version %(number)s") % {"party": one.party.name, "number": text.number}
            events.append(Event(say.moment(one.approved_at), words, tone="good"))
    if negotiation.ended_at is not None:
        is_signed = negotiation.state == NegotiationState.SIGNED
        words = _("Signed by all") if is_signed else _("Withdrawn")
        tone = "done" if is_signed else "bad"
        events.append(Event(say.moment(negotiation.ended_at), words, detail=negotiation.why_ended, tone=tone))
    return Timeline(events[::-1])
