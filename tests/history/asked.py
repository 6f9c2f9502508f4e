"""What the operations of the API to histories answer to whom, and how each is asked."""

from tests.api.asked import ALL_KNOWN, ALL_READ, Ask
from tests.cast import Cast, moment
from tests.negotiation.table import DAY

from accord.history import operations, queries

STATUSES: dict[str, tuple[str, ...]] = {
    "list_changes": ALL_READ,
    "read_change": ALL_READ,
    "undo_change": ("200", "200", "403", "404", "401"),
    "read_record_then": ALL_READ,
    "list_seals": ALL_KNOWN,
    "read_head_of_chain": ALL_KNOWN,
    "check_seal": ALL_KNOWN,
}


def furnish(cast: Cast) -> dict[str, Ask]:
    """Open and seal something; return how each operation is asked."""
    from accord.agreements import operations as agreements  # noqa: PLC0415 (models exist only once apps are loaded)

    agreements.set_public(
        agreement=cast.agreement, public=True, version=cast.agreement.version, by=cast.owner.person, at=moment(DAY)
    )
    operations.seal_events(at=moment(DAY))
    own = {"record": f"agreement:{cast.agreement.pk}"}
    changes = queries.history_of(queries.subject_of(own["record"]))
    opened = next(one for one in changes if any(field.name == "is_public" for field in one.fields))
    change = {**own, "part": opened.part, "number": opened.event}
    return {
        "list_changes": Ask(own),
        "read_change": Ask(change),
        "undo_change": Ask(change),
        "read_record_then": Ask(own),
        "list_seals": Ask(),
        "read_head_of_chain": Ask(),
        "check_seal": Ask({"number": 1}, query=f"?sha256={'0' * 64}"),
    }
