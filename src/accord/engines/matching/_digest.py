"""The digest of a market: two markets have the same one exactly when they ask the same question."""

import hashlib
import json

import numpy as np

from accord.engines.matching.types import Market


def digest(market: Market) -> str:
    """Return the SHA-256 of a market in hexadecimal; the order of rows it was built from does not matter."""
    total = hashlib.sha256(b"accord market 1\n")
    tree = market.tree
    words = [market.applicants, market.programmes, tree.label, market.groups, sorted(market.bar_reason.items())]
    for part in words:
        _add(total, json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())
    for whole in (tree.parent, tree.cap, tree.floor, market.start, market.rank, market.size, market.group):
        _add(total, np.ascontiguousarray(whole, "<i8").tobytes())
    _add(total, np.ascontiguousarray(market.programme, "<i4").tobytes())
    for small in (market.bar, market.fixed):
        _add(total, np.ascontiguousarray(small, "<i1").tobytes())
    # -0.0 and 0.0 are the same score.
    _add(total, np.ascontiguousarray(market.score + 0.0, "<f8").tobytes())
    reserves = [[one.programme, one.group, one.seats, one.opens_up] for one in market.reserves]
    couples = sorted([one.first, one.second, one.choices] for one in market.couples)
    _add(total, json.dumps([reserves, market.reserve_order, couples]).encode())
    return total.hexdigest()


def _add(total: "hashlib._Hash", part: bytes) -> None:
    # The length stands first, so that no two lists of parts run together into the same bytes.
    total.update(len(part).to_bytes(8, "little"))
    total.update(part)
