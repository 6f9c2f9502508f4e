"""The checklist of clauses: which kinds a draft has, which it lacks, and what each has to settle."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import ClauseType
from accord.engines import agreementfile as file
from accord.kernel.text import EN, ZH, Bilingual


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One kind of clause: what it settles, and the clauses of the draft that do."""

    type: ClauseType
    settles: Promise
    found: tuple[tuple[str, Bilingual], ...]


def checklist(draft: file.AgreementFile) -> list[CheckLine]:
    """Return every kind of clause with the draft's clauses of that kind."""
    return [
        CheckLine(
            kind,
            settles,
            tuple(
                (one.key, Bilingual(one.title.en or "", one.title.zh_hans or ""))
                for one in draft.clauses
                if one.type.value == kind.value
            ),
        )
        for kind, settles in SETTLES.items()
    ]


def heading_of(kind: ClauseType) -> Bilingual:
    """Return the usual heading of a kind of clause, in both languages."""
    return in_both(kind.label)


def in_both(words: str | Promise) -> Bilingual:
    """Return a translated text in both languages, as a draft keeps it."""
    sides = {}
    for language in (EN, ZH):
        with translation.override(language):
            sides[language] = str(words)
    return Bilingual.of(sides)


SETTLES: Mapping[ClauseType, Promise] = {
    ClauseType.GOOD_FAITH: _("That the parties mean to work together, and what happens before anything binds."),
    ClauseType.STATEMENT_OF_WORK: _("Who does what, with which people and means, and how it may be changed."),
    ClauseType.LIABILITY: _("Who answers for damage, up to how much, and who is insured."),
    ClauseType.PUBLICATION: _("Who may publish, how long before the others read it, and what may be held back."),
    ClauseType.BACKGROUND_IP: _("What each party brings along, and who may use it for what."),
    ClauseType.FOREGROUND_IP: _("Who owns what comes out of the work, and who may use it. Choose one of seven modes."),
    ClauseType.OTHER_RESULTS: _("Who keeps and uses results that are no property: know-how, negative results."),
    ClauseType.COPYRIGHT: _("Who holds the rights in texts, teaching material and pictures."),
    ClauseType.SOFTWARE: _("Under which licence code is written and shared."),
    ClauseType.DATA: _("Which data are shared, for what purpose, where they lie and when they are deleted."),
    ClauseType.CONFIDENTIALITY: _("What is confidential, for how long, and what is not."),
    ClauseType.MATERIAL_TRANSFER: _("Samples and devices: who may use them, and who gets them back."),
    ClauseType.EXPORT_CONTROL: _("Which goods, software and knowledge need a licence to cross a border, and who asks."),
    ClauseType.BUDGET: _("Who pays what in money and in kind, when, and what happens to what is left."),
    ClauseType.GIFTS: _("That a gift is a gift: without anything in return."),
    ClauseType.SPECIALISED_SERVICES: _("Tests and use of equipment: price, liability, and who owns the measurements."),
    ClauseType.CONFLICT_OF_INTEREST: _("Which interests are declared, to whom, and what follows."),
    ClauseType.TERM_AND_TERMINATION: _("How long it runs, who may end it, for what reason and by what notice."),
    ClauseType.GOVERNING_LAW: _("Which law holds, which language prevails, and where disputes are settled."),
}
"""What each kind has to settle, in the order in which drafts usually have them."""
