"""Tells the other side what was entered, and whoever entered it what became of it; and the systems of both."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accord.agreements.queries import Party, institutions_of
from accord.kernel.records import reference
from accord.kernel.text import Bilingual
from accord.measures.models import Evidence
from accord.outbox.operations import announce_event, notify
from accord.people.enums import Role
from accord.people.queries import holders_of

ENTERED = "measures.evidence-entered"
DECIDED = "measures.evidence-decided"


def tell_entered(*, evidence: Evidence, party: Party, promises: Iterable[str], at: datetime) -> None:
    """Tell the officers of the other parties that an entry waits for them, and the systems of all parties."""
    institutions = institutions_of(party.agreement)
    others = institutions - {party.institution_id}
    url = _address(evidence, party)
    notify(
        topic=ENTERED,
        people=holders_of([Role.OFFICER], others, on=at.date()) - {evidence.recorded_by_id},
        subject=Bilingual(
            f"{party.name.en or party.name.zh_hans} entered: {evidence.label.en or evidence.label.zh_hans}",
            f"{party.name.zh_hans or party.name.en}录入：{evidence.label.zh_hans or evidence.label.en}",
        ),
        body=Bilingual("It counts once your side confirms it.", "经您方确认后计入。"),
        url=url,
        record=reference("evidence", evidence.pk),
        key=f"{ENTERED}:{evidence.pk}",
        at=at,
    )
    announce_event(
        topic=ENTERED,
        data={
            **_data(evidence, party),
            "promises": sorted(promises),
            "amount": str(evidence.amount),
            "occurred_on": evidence.occurred_on.isoformat(),
        },
        institutions=institutions,
        record=reference("evidence", evidence.pk),
        key=f"{ENTERED}:event:{evidence.pk}",
        at=at,
        subject=evidence.label,
        url=url,
    )


def tell_decided(*, evidence: Evidence, decision: str, at: datetime) -> None:
    """Tell whoever entered it that an entry was confirmed, contested or withdrawn, and the systems of all parties."""
    said = SAID[decision]
    party = evidence.party
    url = _address(evidence, party)
    if decision != "withdrawn":
        notify(
            topic=DECIDED,
            people=[evidence.recorded_by_id],
            subject=_about(said, evidence),
            body=said,
            url=url,
            record=reference("evidence", evidence.pk),
            key=f"{DECIDED}:{decision}:{evidence.pk}:{evidence.version}",
            at=at,
        )
    announce_event(
        topic=DECIDED,
        data={**_data(evidence, party), "decision": decision, "version": evidence.version},
        institutions=institutions_of(party.agreement),
        record=reference("evidence", evidence.pk),
        key=f"{DECIDED}:event:{decision}:{evidence.pk}:{evidence.version}",
        at=at,
        subject=_about(said, evidence),
        url=url,
    )


SAID = {
    "confirmed": Bilingual("A delivery was confirmed", "一项交付已获确认"),
    "contested": Bilingual("A delivery was contested", "一项交付被提出异议"),
    "withdrawn": Bilingual("A delivery was withdrawn", "一项交付已撤回"),
}


def _about(said: Bilingual, evidence: Evidence) -> Bilingual:
    """Return what became of an entry, with its name."""
    label = evidence.label
    return Bilingual(f"{said.en}: {label.en or label.zh_hans}", f"{said.zh_hans}：{label.zh_hans or label.en}")


def _data(evidence: Evidence, party: Party) -> dict[str, object]:
    """Return what systems are told of an entry: enough to ask for the rest."""
    return {"agreement": party.agreement.key, "evidence": evidence.pk, "measure": evidence.measure_code}


def _address(evidence: Evidence, party: Party) -> str:
    return reverse("measures:evidence", args=[party.agreement.key, evidence.pk])
