"""The clauses of an agreement, each with its later texts beside the one that was signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accord.agreements.enums import IP_MEANINGS, ClauseType, IpMode
from accord.agreements.models import Agreement, Clause
from accord.engines import agreementfile as engine
from accord.kernel.text import Bilingual


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: `equal`, `removed` or `added`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A text that held from a day on; `pieces` are what it changed in the text before it, in the reader's language."""

    number: int
    agreed_on: date | None
    text: Bilingual
    why: Bilingual
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause with every text that it had: the signed one first, the one that holds last."""

    key: str
    number: int
    type: ClauseType
    title: Bilingual
    ip_mode: IpMode | None
    texts: tuple[ClauseText, ...]

    @property
    def meaning(self) -> str:
        """Return what the IP mode means, in one sentence."""
        return str(IP_MEANINGS[self.ip_mode]) if self.ip_mode else ""

    @property
    def signed(self) -> ClauseText:
        """Return the text that was signed."""
        return self.texts[0]

    @property
    def later(self) -> tuple[ClauseText, ...]:
        """Return the texts agreed since."""
        return self.texts[1:]


def clauses_of(agreement: Agreement) -> list[ClauseRow]:
    """Return the agreement's clauses in their order; two queries for any number."""
    clauses = agreement.clauses.prefetch_related("amendments").order_by("position")
    return [_row(number, clause, agreement.signed_on) for number, clause in enumerate(clauses, start=1)]


def _row(number: int, clause: Clause, signed_on: date | None) -> ClauseRow:
    texts = [ClauseText(0, signed_on, clause.text, Bilingual())]
    for one in clause.amendments.all():
        pieces = text_difference(texts[-1].text, one.text)
        texts.append(ClauseText(one.number, one.agreed_on, one.text, one.why, pieces))
    mode = IpMode(clause.ip_mode) if clause.ip_mode else None
    return ClauseRow(clause.key, number, ClauseType(clause.type), clause.title, mode, tuple(texts))


def text_difference(old: Bilingual, new: Bilingual) -> tuple[Piece, ...]:
    """Return what differs between two texts in the language that the reader is shown of the new one."""
    language = new.language_for()
    pieces = engine.clause_difference(old.side(language), new.side(language))
    return tuple(Piece(piece.kind.value, piece.text) for piece in pieces)


def missing_types(types: Sequence[ClauseType]) -> list[ClauseType]:
    """Return the points of the checklist that these clauses leave out."""
    return [one for one in ClauseType if one not in types and one != ClauseType.OTHER]
