"""Areas, prices and points as whole hundredths, in which every sum is exact."""

from decimal import Decimal, InvalidOperation

from accord.engines.spaceplan.refusals import FigureTooFine
from accord.engines.spaceplan.types import Figure

LARGEST = 10**12
"""Hundredths; above, sums of many units could leave 64 bits."""


def hundredths(value: Figure, key: str) -> int:
    """Will turn a figure into whole hundredths, or refuse one that is none."""
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        raise FigureTooFine(key)
    try:
        exact = Decimal(value) * 100
        whole = int(exact)
    except (InvalidOperation, ValueError, OverflowError) as wrong:
        raise FigureTooFine(key) from wrong
    if whole != exact or abs(whole) > LARGEST:
        raise FigureTooFine(key)
    return whole


def decimal(value: int) -> Decimal:
    """Will turn whole hundredths into a decimal, without needless zeros."""
    whole, rest = divmod(value, 100)
    return Decimal(whole) if rest == 0 else Decimal(value).scaleb(-2)
