"""Orders of whole numbers, sixteen bits at a time: several times faster than sorting them whole."""

import numpy as np

from accord.engines.matching.types import Floats, Ints

BITS = 16


def order_by(values: Ints, order: Ints | None = None) -> Ints:
    """Return the order that sorts ``values``, none below 0; among equals the given order stays."""
    most = int(values.max(initial=0))
    for shift in range(0, max(most.bit_length(), 1), BITS):
        part = values if order is None else values[order]
        turn = np.argsort((part >> shift).astype(np.uint16), kind="stable")
        order = turn if order is None else order[turn]
    return np.arange(len(values)) if order is None else order


def order_by_score(score: Floats) -> Ints:
    """Return an order that sorts scores; places in a ranking, and most marks, are whole numbers of a small range."""
    least, most = (float(score.min()), float(score.max())) if len(score) else (0.0, 0.0)
    if most - least < 2**BITS:
        above = np.rint(score - least)
        # Exactly so, not nearly: two scores a hair apart must not fall on one number.
        if bool((least + above == score).all()):
            return order_by(above.astype(np.int64))
    return np.argsort(score)
