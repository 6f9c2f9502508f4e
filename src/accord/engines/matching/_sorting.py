"""Stable orders of whole numbers, sixteen bits at a time: several times faster than sorting them whole."""

import numpy as np

from accord.engines.matching.types import Ints

BITS = 16


def order_by(values: Ints, order: Ints | None = None) -> Ints:
    """Return the order that sorts ``values``, none below 0; among equals the given order stays."""
    most = int(values.max(initial=0))
    for shift in range(0, max(most.bit_length(), 1), BITS):
        part = values if order is None else values[order]
        turn = np.argsort((part >> shift).astype(np.uint16), kind="stable")
        order = turn if order is None else order[turn]
    return np.arange(len(values)) if order is None else order
