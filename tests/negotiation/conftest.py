"""The table that tests of negotiations sit at."""

import pytest
from tests.cast import Cast
from tests.negotiation.table import Table, lay_amendment, lay_table


@pytest.fixture
def table(cast: Cast) -> Table:
    """Begin to negotiate a new agreement."""
    return lay_table(cast)


@pytest.fixture
def amendment(cast: Cast) -> Table:
    """Begin to amend the cast's agreement."""
    return lay_amendment(cast)
