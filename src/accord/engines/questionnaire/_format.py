"""The format of a definition in tables: which keys each kind has, within which bounds, and what holds without them."""

from typing import Any, Final

from accord.engines.questionnaire.types import Kind, Op

FILE_TYPES: Final = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "txt", "csv")
"""The types of file that can be asked for."""

MOST_SECTIONS, MOST_QUESTIONS, MOST_OPTIONS, MOST_RULES, DEEPEST = 50, 300, 500, 100, 6

COMMON: Final = ("key", "kind", "label", "help", "required", "identity", "to_hosts", "show_if")
PARAGRAPH: Final = ("key", "kind", "label", "show_if")

OWN: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.SHORT: ("most",),
    Kind.LONG: ("least", "most"),
    Kind.CHOICE: ("options", "several", "other", "least", "most"),
    Kind.NUMBER: ("least", "most", "whole", "unit"),
    Kind.DATE: ("earliest", "latest"),
    Kind.FILE: ("types", "megabytes", "most"),
    Kind.LINK: ("hosts",),
    Kind.RANKING: ("from", "least", "most"),
    Kind.MEMBERS: ("least", "most"),
    Kind.AGREE: (),
    Kind.TEXT: (),
}
"""The keys of each kind beside the common ones."""

NOT_TO_HOSTS: Final = (Kind.RANKING, Kind.MEMBERS)
"""Kinds whose answers no host reads: other wishes, and addresses of other people."""

NEEDED: Final[dict[Kind, tuple[str, ...]]] = {Kind.CHOICE: ("options",), Kind.RANKING: ("from",)}

SPANS: Final[dict[Kind, tuple[int, int]]] = {
    Kind.SHORT: (1, 2_000),
    Kind.LONG: (1, 20_000),
    Kind.CHOICE: (1, MOST_OPTIONS + 1),
    Kind.FILE: (1, 20),
    Kind.RANKING: (1, 1_000),
    Kind.MEMBERS: (1, 100),
}
"""Within which `least` and `most` lie, where they count something."""
MEGABYTES: Final = (1, 1_000)

DEFAULTS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.SHORT: {"most": 200},
    Kind.LONG: {"most": 500},
    Kind.FILE: {"types": ("pdf",), "megabytes": 10, "most": 1},
    Kind.RANKING: {"least": 1},
    Kind.MEMBERS: {"least": 1, "identity": True},
    Kind.TEXT: {"required": False},
}
"""What holds where a key is left out; everything else is off or without bound."""

_COUNTED: Final = (Kind.RANKING, Kind.MEMBERS, Kind.FILE)


def keys_of(kind: Kind) -> tuple[str, ...]:
    """Return every key that a question of a kind may have, the common ones first."""
    common = PARAGRAPH if kind is Kind.TEXT else COMMON
    return (*(key for key in common if key != "to_hosts" or kind not in NOT_TO_HOSTS), *OWN[kind])


def ops_of(kind: Kind, *, several: bool) -> tuple[Op, ...]:
    """Return what a condition may ask of an answer of this kind."""
    if kind is Kind.TEXT:
        return ()
    if kind is Kind.CHOICE and several:
        return (Op.CONTAINS, Op.AT_LEAST, Op.AT_MOST, Op.ANSWERED)
    own: dict[Kind, tuple[Op, ...]] = {
        Kind.SHORT: (Op.IS, Op.IS_NOT, Op.IN),
        Kind.CHOICE: (Op.IS, Op.IS_NOT, Op.IN),
        Kind.NUMBER: (Op.IS, Op.IS_NOT, Op.IN, Op.AT_LEAST, Op.AT_MOST),
        Kind.DATE: (Op.IS, Op.IS_NOT, Op.IN, Op.AT_LEAST, Op.AT_MOST, Op.AGED_AT_LEAST, Op.AGED_AT_MOST),
        Kind.RANKING: (Op.CONTAINS,),
        Kind.AGREE: (Op.IS,),
    }
    counted = (Op.AT_LEAST, Op.AT_MOST) if kind in _COUNTED else ()
    return (*own.get(kind, ()), *counted, Op.ANSWERED)
