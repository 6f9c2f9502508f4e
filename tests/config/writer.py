"""A process that records and confirms deliveries without end, and prints each number once it is committed."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from accord.config import env
from accord.config.postgres import running


def write_forever() -> None:
    """Record one delivery after the other until somebody kills the process."""
    import django  # noqa: PLC0415 (only once the database is known)

    django.setup()
    from accord.agreements.queries import Agreement, Commitment  # noqa: PLC0415 (only once Django is set up)
    from accord.kernel.text import Bilingual  # noqa: PLC0415 (only once Django is set up)
    from accord.measures import operations  # noqa: PLC0415 (only once Django is set up)
    from accord.people.operations import register_person  # noqa: PLC0415 (only once Django is set up)

    agreement = Agreement.objects.get(key="chengdu-cass")
    ours, theirs = (agreement.parties.get(institution__key=key) for key in ("dreamworks", "cass"))
    promise = Commitment.objects.get(agreement=agreement, key="resident-teams")
    owner, partner = (register_person(key=key, name=Bilingual(key)) for key in ("owner", "partner"))
    now = datetime.now(UTC)
    while True:
        entry = operations.record_evidence(
            shares={promise: Decimal(1)},
            party=ours,
            amount=Decimal(1),
            occurred_on=date(2019, 8, 1),
            label=Bilingual("A team", "一家团队"),
            document="List",
            by=owner,
            at=now,
        )
        operations.confirm_evidence(evidence=entry, version=1, party=theirs, by=partner, at=now)
        print(entry.pk, flush=True)  # noqa: T201 (the test reads it)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    env.use(data_dir=folder)
    with running(folder / "postgres") as server:
        env.use(database_url=server.url)
        write_forever()
