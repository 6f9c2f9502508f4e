"""Draws that tell equal scores apart: anybody with the seed and the ids gets the same ones.

A draw is the first eight bytes of HMAC-SHA256 with the seed as key, read as a big-endian number; higher is luckier.
The message is the applicant's id, or applicant and programme with a zero byte between, in UTF-8. The order of rows
never enters, so nobody gains by a place in a file.
"""

import hmac
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from accord.engines.matching._tree import top_nodes
from accord.engines.matching.types import Draws, Ints, Lottery, Market

Draw = npt.NDArray[np.uint64]


def draws_of(seed: str, messages: Iterable[str]) -> Draw:
    """Return one draw for each message, 0 to 2**64 - 1."""
    key = seed.encode()
    drawn = b"".join(hmac.digest(key, message.encode(), "sha256")[:8] for message in messages)
    return np.frombuffer(drawn, ">u8").astype(np.uint64)


def pair_draws(market: Market, seed: str, edges: Ints) -> Draw:
    """Return one draw for each of these edges, by applicant and programme."""
    owner = market.applicant_of
    pairs = ((market.applicants[owner[edge]], market.programmes[market.programme[edge]]) for edge in edges)
    return draws_of(seed, (f"{who}\0{what}" for who, what in pairs))


def edge_draws(market: Market, lottery: Lottery, edges: Sequence[int] | Ints) -> Draw:
    """Return the draw that counts at each of these edges, as the lottery is set: by applicant, or by programme too.

    Programmes under one topmost limit share their draws even then: that limit compares their applicants, and two
    draws of one person there could leave them a place that they and the limit would both give up.
    """
    chosen = np.asarray(edges, np.int64)
    owner = market.applicant_of[chosen]
    if lottery.draws is Draws.SINGLE:
        who, where = np.unique(owner, return_inverse=True)
        return draws_of(lottery.seed, (market.applicants[one] for one in who))[where]
    label = market.tree.label
    tops = top_nodes(market.tree)[market.programme[chosen]]
    pairs = zip(owner.tolist(), tops.tolist(), strict=True)
    return draws_of(lottery.seed, (f"{market.applicants[who]}\0{label[top]}" for who, top in pairs))
