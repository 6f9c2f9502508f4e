"""An outcome as plain data for JSON, and back; whatever does not fit the market is refused by name."""

from collections.abc import Iterator
from typing import Any, Final, TypeVar

import numpy as np

from accord.engines.matching._digest import digest
from accord.engines.matching._fields import Field
from accord.engines.matching._keepers import edges_by_name, names_of
from accord.engines.matching.errors import BadOutcome, UnreadableFile
from accord.engines.matching.types import (
    NOBODY,
    Bound,
    Closure,
    Draws,
    Flags,
    FlowProof,
    Ints,
    Lottery,
    Market,
    Mechanism,
    Outcome,
    Seat,
    Spread,
)

FORMAT: Final = "accord outcome 1"
SEATS: Final = {"open": Seat.OPEN, "reserved": Seat.RESERVED}
SEAT_WORDS: Final = {kind: word for word, kind in SEATS.items()}
OUTCOME: Final = (
    *("format", "mechanism", "lottery", "digest", "engine", "spread", "settled"),
    *("placements", "closures", "promoted", "kept", "bound", "proof"),
)
PLACEMENT: Final = ("applicant", "programme", "choice", "score", "seat")
WIDEST: Final = 2**63
SPREADS: Final = {one.value: one for one in Spread}
Value = TypeVar("Value")


def outcome_as_data(market: Market, outcome: Outcome) -> dict[str, Any]:
    """Return an outcome of this market as dictionaries, lists, words and numbers, with ids for all that has one."""
    bound, proof = outcome.bound, outcome.proof
    return {
        "format": FORMAT,
        "mechanism": outcome.mechanism.value,
        "lottery": {"seed": outcome.lottery.seed, "draws": outcome.lottery.draws.value},
        "digest": outcome.digest,
        "engine": outcome.engine,
        "spread": outcome.spread.value if outcome.spread else None,
        "settled": outcome.settled,
        "placements": [_placement(market, outcome, who) for who in np.flatnonzero(outcome.edge >= 0).tolist()],
        "closures": [
            {"node": market.tree.label[one.node], "had": one.had, "needed": one.needed} for one in outcome.closures
        ],
        "promoted": _ids(market, outcome.promoted),
        "kept": _ids(market, outcome.kept),
        "bound": {"placed": bound.placed, "at_most": bound.at_most, "solver": bound.solver} if bound else None,
        "proof": _proof_data(proof) if proof else None,
    }


def outcome_from_data(market: Market, data: object) -> Outcome:
    """Return the outcome that ``outcome_as_data`` wrote for this market.

    Raises ``UnreadableFile`` naming the field that does not fit, or ``BadOutcome`` where the record belongs to
    other data, names what is not chosen, or gives choice numbers or scores that the data do not.
    """
    whole = Field.of("", data, *OUTCOME)
    if whole.text("format") != FORMAT:
        raise UnreadableFile(reason="unknown-format")
    if whole.text("digest") != digest(market):
        raise BadOutcome(whole.text("digest"), digest(market), reason="outcome-of-other-market")
    edge, seat = _placements(market, whole)
    lottery = Field.of("lottery", whole.value.get("lottery"), "seed", "draws")
    return Outcome(
        mechanism=_known(whole, "mechanism", {one.value: one for one in Mechanism}),
        lottery=Lottery(lottery.text("seed"), _known(lottery, "draws", {one.value: one for one in Draws})),
        edge=edge,
        seat=seat,
        digest=whole.text("digest"),
        engine=whole.text("engine"),
        spread=None if whole.value.get("spread") is None else _known(whole, "spread", SPREADS),
        closures=tuple(_closures(market, whole)),
        promoted=_flags(market, whole, "promoted"),
        bound=_bound(whole),
        proof=_proof(whole),
        settled=whole.flag("settled", default=True),
        kept=_flags(market, whole, "kept"),
    )


def _placement(market: Market, outcome: Outcome, who: int) -> dict[str, Any]:
    edge = int(outcome.edge[who])
    return {
        "applicant": market.applicants[who],
        "programme": market.programmes[int(market.programme[edge])],
        "choice": int(market.rank[edge]),
        "score": float(market.score[edge]),
        "seat": SEAT_WORDS[Seat(int(outcome.seat[who]))],
    }


def _ids(market: Market, flags: Flags | None) -> list[str] | None:
    return None if flags is None else [market.applicants[who] for who in np.flatnonzero(flags).tolist()]


def _proof_data(proof: FlowProof) -> dict[str, Any]:
    return {
        "stages": list(proof.stages),
        "totals": list(proof.totals),
        "potentials": [one.tolist() for one in proof.potentials],
        "slots": proof.slots.tolist(),
        "exhaustive": proof.exhaustive,
    }


def _known(field: Field, key: str, known: dict[str, Value]) -> Value:
    if key not in field.value:
        raise field.refuse(key)
    return field.one_of(key, known, next(iter(known.values())))


def _placements(market: Market, whole: Field) -> tuple[Ints, Ints]:
    edge = np.full(len(market.applicants), NOBODY, np.int64)
    seat = np.full(len(market.applicants), int(Seat.NONE), np.int64)
    edge_of = edges_by_name(market)
    for row in whole.rows("placements", *PLACEMENT):
        names = (row.text("applicant"), row.text("programme"))
        held = edge_of.get(names)
        if held is None:
            raise BadOutcome(*names)
        who = int(np.searchsorted(market.start, held, side="right")) - 1
        if edge[who] != NOBODY:
            raise BadOutcome(names[0], reason="outcome-twice")
        _refuse_altered(market, held, row)
        edge[who], seat[who] = held, _known(row, "seat", SEATS)
    return edge, seat


def _refuse_altered(market: Market, edge: int, row: Field) -> None:
    score = row.number_or_none("score")
    for told, true in ((row.whole("choice"), int(market.rank[edge])), (score, float(market.score[edge]))):
        if told != true:
            raise BadOutcome(*names_of(market, edge), detail=str(told), reason="outcome-altered")


def _closures(market: Market, whole: Field) -> Iterator[Closure]:
    node_of = {label: node for node, label in enumerate(market.tree.label)}
    for row in whole.rows("closures", "node", "had", "needed"):
        yield Closure(_known(row, "node", node_of), row.whole("had"), row.whole("needed"))


def _flags(market: Market, whole: Field, key: str) -> Flags | None:
    if whole.value.get(key) is None:
        return None
    number = {name: who for who, name in enumerate(market.applicants)}
    found = np.zeros(len(number), np.bool_)
    for path, name in whole.entries(key):
        if not isinstance(name, str) or name not in number:
            raise UnreadableFile(path, reason="bad-field")
        found[number[name]] = True
    return found


def _bound(whole: Field) -> Bound | None:
    if whole.value.get("bound") is None:
        return None
    row = Field.of("bound", whole.value["bound"], "placed", "at_most", "solver")
    return Bound(row.whole("placed"), row.whole("at_most"), row.text("solver"))


def _proof(whole: Field) -> FlowProof | None:
    if whole.value.get("proof") is None:
        return None
    row = Field.of("proof", whole.value["proof"], "stages", "totals", "potentials", "slots", "exhaustive")
    stages = [value for _, value in row.entries("stages")]
    if not all(isinstance(one, str) for one in stages):
        raise row.refuse("stages")
    return FlowProof(
        stages=tuple(str(one) for one in stages),
        totals=tuple(_ints(row.at("totals"), row.value.get("totals")).tolist()),
        potentials=tuple(_ints(path, value) for path, value in row.entries("potentials")),
        slots=_ints(row.at("slots"), row.value.get("slots")),
        exhaustive=row.flag("exhaustive", default=True),
    )


def _ints(path: str, value: object) -> Ints:
    if not isinstance(value, list) or not all(type(one) is int and -WIDEST <= one < WIDEST for one in value):
        raise UnreadableFile(path, reason="bad-field")
    return np.array(value, np.int64)
