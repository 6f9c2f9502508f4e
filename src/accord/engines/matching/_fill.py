"""Fills the most places while equal scores and equal wishes leave room to choose.

Ties decide how many find a place, and to find the most is NP-hard. Each slot is offered up to three times, and
deferred acceptance runs over the offers (Csáji, Király and Yokoi, SOSA 2023; after Király 2013 and McDermid 2009):

- as a guest, among equally liked programmes only: the host ranks guests last, so they stay only where seats are free;
- in the ordinary way;
- promoted, once everything was refused: the host puts promoted people first among its equals.

This is done with the draw as it fell and with the draw turned round, and the fuller outcome counts.

Guarantee: nobody can point to a place given to somebody weaker (weakly stable), and at least two thirds of the most
places that any such outcome fills, with ties on either side and nested limits of any depth, as long as every
applicant is one person. Cost: that of deferred acceptance over up to six times the choices. Applicants may gain by
misreporting: it is not strategy-proof.
"""

from enum import IntEnum

import numpy as np

from accord.engines.matching._deferred import hold as hold_deferred
from accord.engines.matching._layout import Layout
from accord.engines.matching._levels import owner_of, score_levels, wish_levels
from accord.engines.matching.types import Flags, Ints, Market


class _Offer(IntEnum):
    """How a slot is offered, in the order of the host's favour among equals."""

    GUEST = 0
    ORDINARY = 1
    PROMOTED = 2


def hold(market: Market, plan: Layout) -> tuple[Ints, Flags]:
    """Return the slot that each applicant holds, or -1, and who holds it because they were promoted."""
    level, wish = score_levels(market, plan), wish_levels(market, plan)
    luck = _luck(plan, level)
    first = _hold(plan, level, wish, luck)
    if not _tied(level).any():
        return first
    second = _hold(plan, level, wish, -luck)
    return second if _people(plan, second[0]) > _people(plan, first[0]) else first


def _luck(plan: Layout, level: Ints) -> Ints:
    """Return the best key that the owner of every slot has at its level.

    So no draw comes between two slots of one applicant under one limit, who would else lose the one and win the other.
    """
    who = owner_of(plan)
    _, group = np.unique(level * len(plan.size) + who, return_inverse=True)
    luck = np.full(len(who), -1, np.int64)
    np.maximum.at(luck, group, plan.key)
    return luck[group]


def _hold(plan: Layout, level: Ints, wish: Ints, luck: Ints) -> tuple[Ints, Flags]:
    slot, offer = _offers(plan, level, wish)
    counts = np.bincount(owner_of(plan)[slot], minlength=len(plan.size))
    offered = Layout(
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        leaf=plan.leaf[slot],
        key=_ranks(luck[slot], offer, level[slot], offer != _Offer.GUEST),
        edge=plan.edge[slot],
        seat=plan.seat[slot],
        parent=plan.parent,
        cap=plan.cap,
        size=plan.size,
    )
    held = hold_deferred(offered)
    slots, promoted = np.full(len(held), -1, np.int64), np.zeros(len(held), np.bool_)
    placed = held >= 0
    slots[placed] = slot[held[placed]]
    promoted[placed] = offer[held[placed]] == _Offer.PROMOTED
    return slots, promoted


def _offers(plan: Layout, level: Ints, wish: Ints) -> tuple[Ints, Ints]:
    """Return slot and kind of every offer, in the order in which applicants make them.

    Where nothing is tied an offer as a guest, or promoted, would be answered like the ordinary one: it is left out.
    """
    slots = np.arange(len(plan.edge))
    guests, promoted = slots[_tied(wish)], slots[_tied(level)]
    slot = np.concatenate((guests, slots, promoted))
    offer = np.repeat([_Offer.GUEST, _Offer.ORDINARY, _Offer.PROMOTED], [len(guests), len(slots), len(promoted)])
    turn = np.where(offer == _Offer.PROMOTED, len(slots), wish[slot])
    order = np.lexsort((slot, offer, turn, owner_of(plan)[slot]))
    return slot[order], offer[order]


def _tied(level: Ints) -> Flags:
    return np.asarray(np.bincount(level, minlength=1)[level] > 1)


def _ranks(*columns: Ints | Flags) -> Ints:
    """Return the place of every row when sorted by the last column first, as ``np.lexsort`` does."""
    order = np.lexsort(columns)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _people(plan: Layout, slots: Ints) -> int:
    return int(plan.size[slots >= 0].sum())
