"""Money in minor units, as people read and write it."""

from decimal import ROUND_HALF_UP, Decimal

WITHOUT_MINOR = frozenset({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "XAF"})
"""Currencies of ISO 4217 that have no minor unit."""


def in_major(minor: int, currency: str) -> Decimal:
    """Return an amount in the currency's own unit, such as yuan for fen."""
    return Decimal(minor) if currency in WITHOUT_MINOR else Decimal(minor) / 100


def in_minor(amount: Decimal, currency: str) -> int:
    """Return an amount in the currency's minor unit, rounded half up."""
    factor = 1 if currency in WITHOUT_MINOR else 100
    return int((amount * factor).quantize(Decimal(1), ROUND_HALF_UP))
