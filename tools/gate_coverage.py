"""Joins the coverage of all test processes and holds it to the floor given as the first argument."""

from __future__ import annotations

import sys

from coverage import Coverage
from coverage.exceptions import NoDataError


def main(floor: float) -> int:
    """Return 0 when branch coverage reaches `floor` per cent, 1 when not or when nothing was measured."""
    coverage = Coverage()
    try:
        coverage.combine()
        percent = coverage.report()
    except NoDataError:
        sys.stdout.write("Nothing was measured: run the tests step as well.\n")
        return 1
    if percent < floor:
        sys.stdout.write(
            f"Branch coverage is {percent:.1f} %; the floor is {floor:.0f} %. Test what is listed above.\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
