"""Counts as those read them who are not of the house: small ones are not told, and others only about.

Which room was booked how often says little of anybody while it is many times; told exactly, one number less another
(two overlapping periods, a floor less its building) would tell of one booking. So numbers below 5 stand as “<5”, and
all others to the nearest 5.
"""

LEAST, STEP = 5, 5
HIDDEN = "<5"


def told(number: int, *, exactly: bool) -> str:
    """Return a count as it is told: exactly to the house, about to all others."""
    if exactly:
        return f"{number:,}"
    return HIDDEN if number < LEAST else f"{about(number):,}"


def about(number: int) -> int:
    """Return a count to the nearest 5; nothing of what is too small to be told."""
    return 0 if number < LEAST else (number + STEP // 2) // STEP * STEP


def told_share(top: float, bottom: float, number: int, *, exactly: bool) -> float | None:
    """Return a share in percent; whole and only of 5 or more to those who are not of the house. None: not told."""
    if not bottom or (not exactly and number < LEAST):
        return None
    percent = 100 * top / bottom
    return percent if exactly else float(round(percent))
