"""A market as plain data for JSON, and back: the digest is the same on both sides."""

from collections.abc import Iterator
from typing import Any, Final

from accord.engines.matching._build import market_from_records
from accord.engines.matching._fields import Field, is_text
from accord.engines.matching.errors import UnreadableFile
from accord.engines.matching.records import Choice, JointChoice, Limit, Person, Programme, ReservedSeats
from accord.engines.matching.types import NOBODY, UNLIMITED, Bar, Couple, Market, ReserveOrder

FORMAT: Final = "accord market 1"
BARS: Final = {"none": Bar.NONE, "not-eligible": Bar.NOT_ELIGIBLE, "conflict": Bar.CONFLICT}
BAR_WORDS: Final = {bar: word for word, bar in BARS.items()}
ORDERS: Final = {order.value: order for order in ReserveOrder}
NODE: Final = ("id", "places", "minimum", "under")
LIMIT: Final = ("id", "at_most", "minimum", "under")
PERSON: Final = ("id", "size", "group")
CHOICE: Final = ("applicant", "programme", "rank", "score", "bar", "reason", "fixed")
RESERVE: Final = ("programme", "group", "seats", "opens_up")
COUPLE: Final = ("first", "second", "choices")
MARKET: Final = ("format", "programmes", "limits", "people", "choices", "reserves", "reserve_order", "couples")
PAIR: Final = 2


def market_as_data(market: Market) -> dict[str, Any]:
    """Return a market as dictionaries, lists, words and numbers, one dictionary for each record."""
    programmes, nodes = len(market.programmes), len(market.tree.label)
    return {
        "format": FORMAT,
        "programmes": [_node_data(market, node, "places") for node in range(programmes)],
        "limits": [_node_data(market, node, "at_most") for node in range(programmes, nodes)],
        "people": [_person_data(market, who) for who in range(len(market.applicants))],
        "choices": list(_choices_data(market)),
        "reserves": [
            dict(
                zip(
                    RESERVE,
                    (market.programmes[one.programme], market.groups[one.group], one.seats, one.opens_up),
                    strict=True,
                )
            )
            for one in market.reserves
        ],
        "reserve_order": market.reserve_order.value,
        "couples": [_couple_data(market, one) for one in market.couples],
    }


def market_from_data(data: object) -> Market:
    """Return the market that ``market_as_data`` wrote, or somebody by hand.

    Only what differs from the defaults of the records must be there, and no key that is not known. Raises
    ``UnreadableFile`` naming the field, or another ``MarketError``.
    """
    whole = Field.of("", data, *MARKET)
    if whole.text("format", FORMAT) != FORMAT:
        raise UnreadableFile(reason="unknown-format")
    return market_from_records(
        [_choice(row) for row in whole.rows("choices", *CHOICE)],
        [
            Programme(row.text("id"), row.room("places"), row.whole("minimum", 0), row.text_or_none("under"))
            for row in whole.rows("programmes", *NODE)
        ],
        limits=[
            Limit(row.text("id"), row.room("at_most"), row.whole("minimum", 0), row.text_or_none("under"))
            for row in whole.rows("limits", *LIMIT)
        ],
        people=[
            Person(row.text("id"), row.whole("size", 1), row.text("group", "")) for row in whole.rows("people", *PERSON)
        ],
        reserves=[
            ReservedSeats(
                row.text("programme"), row.text("group"), row.whole("seats"), row.flag("opens_up", default=True)
            )
            for row in whole.rows("reserves", *RESERVE)
        ],
        couples=[_couple(row) for row in whole.rows("couples", *COUPLE)],
        reserve_order=whole.one_of("reserve_order", ORDERS, ReserveOrder.RESERVE_FIRST),
    )


def _node_data(market: Market, node: int, room: str) -> dict[str, Any]:
    tree = market.tree
    cap, above = int(tree.cap[node]), int(tree.parent[node])
    return {
        "id": tree.label[node],
        room: None if cap >= UNLIMITED else cap,
        "minimum": int(tree.floor[node]),
        "under": None if above < 0 else tree.label[above],
    }


def _person_data(market: Market, who: int) -> dict[str, Any]:
    group = int(market.group[who])
    return {
        "id": market.applicants[who],
        "size": int(market.size[who]),
        "group": "" if group < 0 else market.groups[group],
    }


def _choices_data(market: Market) -> Iterator[dict[str, Any]]:
    for edge, who in enumerate(market.applicant_of.tolist()):
        bar = Bar(int(market.bar[edge]))
        yield {
            "applicant": market.applicants[who],
            "programme": market.programmes[market.programme[edge]],
            "rank": int(market.rank[edge]),
            "score": float(market.score[edge]),
            # What is so nearly everywhere is left out, or a large file would hold little else.
            **({"bar": BAR_WORDS[bar]} if bar else {}),
            **({"reason": market.bar_reason[edge]} if edge in market.bar_reason else {}),
            **({"fixed": True} if market.fixed[edge] else {}),
        }


def _couple_data(market: Market, couple: Couple) -> dict[str, Any]:
    choices = [[None if one == NOBODY else market.programmes[one] for one in pair] for pair in couple.choices]
    return {
        "first": market.applicants[couple.first],
        "second": market.applicants[couple.second],
        "choices": choices,
    }


def _choice(row: Field) -> Choice:
    return Choice(
        row.text("applicant"),
        row.text("programme"),
        row.whole("rank", 1),
        row.number_or_none("score"),
        row.one_of("bar", BARS, Bar.NONE),
        row.text("reason", ""),
        row.flag("fixed", default=False),
    )


def _couple(row: Field) -> JointChoice:
    pairs = []
    for path, pair in row.entries("choices"):
        if not isinstance(pair, list) or len(pair) != PAIR or not all(one is None or is_text(one) for one in pair):
            raise UnreadableFile(path, reason="bad-field")
        pairs.append((pair[0], pair[1]))
    return JointChoice(row.text("first"), row.text("second"), tuple(pairs))
