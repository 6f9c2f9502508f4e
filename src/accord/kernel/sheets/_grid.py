"""A table as it stands in a file: text in rows, nothing understood yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEAD = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table as text; ``rows[0]`` is row 1 of the file. ``name`` is what people know it by."""

    name: str
    rows: Sequence[Sequence[str]]

    def head(self) -> tuple[int, Sequence[str]]:
        """Return the first row that is not empty, with its number; an empty one where there is none."""
        return next(self.filled(), (HEAD, ()))

    def filled(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield the rows that are not empty, numbered as the file numbers them."""
        for number, row in enumerate(self.rows, HEAD):
            if any(row):
                yield number, row
