"""How the lists of this context are filtered, searched and sorted; pages and the API take them from here."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import Life
from accord.kernel.measure import Kind, Measure
from accord.measures import queries
from accord.measures.enums import EvidenceState
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

KIND_WORDS = {
    Kind.STOCK: _("Stock"),
    Kind.FLOW: _("Flow"),
    Kind.CUMULATIVE: _("Cumulative"),
    Kind.RATIO: _("Ratio"),
}


TONES = {
    EvidenceState.WAITING: Tone.WARY,
    EvidenceState.CONFIRMED: Tone.DONE,
    EvidenceState.CONTESTED: Tone.BAD,
    EvidenceState.WITHDRAWN: Tone.MUTE,
}


def _stand(line: queries.AgreementLine) -> str:
    """Return how an agreement's promises stand at the last weekly snapshot."""
    return queries.states_in_words(line.states) or gettext("no snapshot yet")


AGREEMENTS = Table(
    name="agreements",
    columns=(
        Column(
            "title",
            _("Agreement"),
            url=lambda row: reverse("measures:board", args=[row.agreement.key]),
            sort="agreement.key",
            value="agreement.title",
        ),
        Column(
            "parties",
            _("Parties"),
            value=lambda row: str(_(", ")).join(str(p.name) for p in row.agreement.parties.all()),
        ),
        Column("state", _("State"), sort="life", value="life.label"),
        Column("signed_on", _("Signed"), kind="day", sort="agreement.signed_on", value="agreement.signed_on"),
        Column("promises", _("Promises"), kind="number", sort="promises"),
        Column("stands", _("How they stand"), value=_stand),
        Column("last_record_on", _("Last record"), kind="day", sort="last_record_on"),
        Column("silent_since", _("Silent since"), kind="day", sort="silent_since"),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in Life), lookup="life"),
        Filter("silent", _("Silent for six months"), choices=(("yes", _("Yes")), ("no", _("No"))), lookup="is_silent"),
    ),
    search=("agreement.title.en", "agreement.title.zh_hans", "agreement.key"),
    default_sort="title",
    empty=Empty(
        _("No agreements yet"),
        _("Agreements of your institution stand here. None names an institution that you act for."),
    ),
)


def _chip(entry: Any) -> State:
    """Return the chip of an entry's state."""
    state = queries.state_of_evidence(entry)
    return State(TONES[state], state.label)


def _counted(entry: Any) -> Decimal:
    """Return the part of the amount that counts for the promise shown."""
    return Decimal(entry.amount * entry.share)


RECORDS = Table(
    name="records",
    columns=(
        Column("occurred_on", _("Day"), kind="day", sort="occurred_on"),
        Column(
            "label",
            _("Record"),
            url=lambda row: reverse("measures:evidence", args=[row.agreement_key, row.pk]),
        ),
        Column("document", _("Document"), hidden=True),
        Column("party", _("Entered by"), sort="party__position", value="party.name"),
        Column("amount", _("Change"), kind="signed", sort="amount", value=_counted),
        Column("state", _("State"), value=_chip),
        Column("recorded_at", pgettext_lazy("column", "Recorded"), kind="day", sort="recorded_at"),
        Column(
            "provenance",
            _("Provenance"),
            kind="provenance",
            value=lambda row: "simulated" if row.is_simulated else "recorded",
        ),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in EvidenceState), lookup="state"),
        Filter("since", _("Since"), kind="day", lookup="occurred_on__gte"),
        Filter("until", _("Until"), kind="day", lookup="occurred_on__lte"),
    ),
    search=("label__en", "label__zh-hans", "document"),
    default_sort="-occurred_on",
    empty=Empty(_("No records yet"), _("Deliveries of this promise stand here once a party has entered them.")),
)


COUNTED = Table(
    name="counted",
    columns=(
        Column("occurred_on", _("Day"), kind="day", sort="occurred_on"),
        Column("label", _("Record"), sort="label", url=lambda row: row.url),
        Column("amount", _("Change"), kind="signed", sort="amount"),
        Column("recorded_at", pgettext_lazy("column", "Recorded"), kind="day", sort="recorded_at"),
        Column(
            "provenance",
            _("Provenance"),
            kind="provenance",
            value=lambda row: "simulated" if row.is_simulated else "recorded",
        ),
    ),
    filters=(
        Filter("since", _("Since"), kind="day", lookup="occurred_on__gte"),
        Filter("until", _("Until"), kind="day", lookup="occurred_on__lte"),
    ),
    search=("label",),
    default_sort="-occurred_on",
    empty=Empty(_("No records yet"), _("What Accord counts for this promise stands here, each change on its day.")),
)
"""What contexts count: rows bear the address of the record behind them."""


def _how(one: Measure) -> str:
    """Return whether Accord keeps the records that the measure counts."""
    return (
        str(_("from records here")) if one.is_counted_here else str(_("by evidence, until its part of Accord is there"))
    )


CATALOGUE = Table(
    name="measures",
    columns=(
        Column("name", _("Measure"), url=lambda one: reverse("measures:measure", args=[one.code])),
        Column("code", _("Code"), sort="code"),
        Column("unit", _("Unit")),
        Column("kind", _("Kind"), value=lambda one: KIND_WORDS[one.kind], sort="kind"),
        Column("definition", _("Definition")),
        Column("counted", _("Counted"), value=_how),
        Column("scheme", _("Scheme"), hidden=True),
    ),
    filters=(Filter("kind", _("Kind"), choices=tuple((kind.value, word) for kind, word in KIND_WORDS.items())),),
    search=("code", "name.en", "name.zh_hans", "definition.en", "definition.zh_hans"),
    default_sort="code",
)
