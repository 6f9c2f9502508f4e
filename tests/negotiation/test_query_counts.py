"""Lists cost the same number of queries at few and at many rows."""

import pytest
from tests.cast import Cast
from tests.negotiation.table import Table, lay_table

COUNTS = {
    "/negotiations/": 9,
    "/negotiations/{key}/requests/": 10,
}


@pytest.mark.parametrize(("path", "queries"), COUNTS.items(), ids=COUNTS)
def test_list_costs_the_same_at_few_and_many_rows(
    cast: Cast, django_assert_num_queries, path: str, queries: int
) -> None:
    table = lay_table(cast)
    table.put_forward()
    table.ask()
    address = path.format(key=table.negotiation.key)
    client = cast.partner.client
    client.get(address)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
    more(table, cast)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def more(table: Table, cast: Cast) -> None:
    """Begin four more negotiations, and ask four more changes in the first."""
    for number in range(4):
        other = lay_table(cast, f"Another {number}")
        other.put_forward()
        table.ask(f"Another change {number}.")
