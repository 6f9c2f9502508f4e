"""Sees that what came out of a file is of the types that it should be, before anybody reckons with it."""

import math
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

WIDEST = 2**63


def see_shape(value: object, hint: Any, where: str) -> None:
    """Refuse a value that is not of a type: a dataclass, a tuple, a union, text, a flag or a finite number.

    Raises:
        TypeError: it is of another type; the message names the place.

    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin is UnionType:
        # Every union here is "this or nothing".
        if value is not None:
            see_shape(value, next(one for one in inner if one is not NoneType), where)
    elif origin is tuple:
        if not isinstance(value, tuple):
            raise TypeError(where)
        for number, one in enumerate(value):
            see_shape(one, inner[0], f"{where}[{number}]")
    elif is_dataclass(hint):
        hints = get_type_hints(hint)
        for field in fields(hint):
            see_shape(getattr(value, field.name), hints[field.name], f"{where}.{field.name}")
    elif not _is_plain(value, hint):
        raise TypeError(where)


def _is_plain(value: object, hint: Any) -> bool:
    if hint in {int, float}:
        if isinstance(value, bool) or not isinstance(value, int | (float if hint is float else int)):
            return False
        return math.isfinite(value) and abs(value) < WIDEST
    return isinstance(value, hint)
