"""Pages ask the database the same few questions, however much there is to show."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from tests.cast import EXAMPLES, Cast, make_cast, moment
from tests.picture import Picture

from accord.agreements import operations as agreements
from accord.engines import agreementfile
from accord.measures import operations as measures

pytestmark = pytest.mark.django_db
BOARD = "/agreements/chengdu-cass/"
PAGES = [
    ("/", 10),
    ("/waiting/", 8),
    ("/search/?q=chengdu", 18),
    ("/search/?q=chengdu&kind=promise", 6),
    ("/search/suggest/?q=chengdu", 18),
    ("/agreements/", 9),
    (BOARD, 12),
    (f"{BOARD}reciprocity/", 11),
    (f"{BOARD}promises/resident-teams/", 16),
    (f"{BOARD}promises/resident-teams/records/", 11),
    (f"{BOARD}engagements/", 10),
    (f"{BOARD}text/", 11),
    ("/calibration/", 9),
    ("/measures/", 6),
    ("/what-is-real/", 11),
]


def filled(*often: int) -> Cast:
    """Make the cast, and fill as often as told."""
    cast = make_cast()
    for times in often:
        fill(cast, times=times)
    return cast


LITTLE, MUCH = Picture(lambda: filled(1)), Picture(lambda: filled(1, 12))


@pytest.mark.parametrize(("path", "queries"), PAGES)
def test_page_takes_as_many_queries_for_much_as_for_little(django_assert_num_queries, path: str, queries: int) -> None:
    with transaction.atomic():
        client = LITTLE.show().partner.client
        client.get(path)  # fills what a process keeps
        with django_assert_num_queries(queries):
            client.get(path)
        transaction.set_rollback(True)

    client = MUCH.show().partner.client
    with django_assert_num_queries(queries):
        client.get(path)


def fill(cast: Cast, *, times: int) -> None:
    """Add deliveries in several states, meetings, snapshots and agreements; each as often as told."""
    text = (EXAMPLES / "chengdu-cass.yaml").read_text(encoding="utf-8")
    for number in range(times):
        on = date(2019, 8, 1) + timedelta(days=times + number)
        cast.record("resident-teams", 3, on, confirmed=moment(on))
        cast.record("resident-teams", 4, on)
        agreements.record_engagement(
            agreement=cast.agreement,
            kind="visit",
            title=cast.agreement.title,
            held_on=on,
            place=cast.agreement.title,
            attendees=5,
            by=cast.owner.person,
            at=moment(on),
        )
        copy = agreementfile.read(
            text.replace("agreement: chengdu-cass", f"agreement: copy-{times}-{number}"), measures=None
        )
        assert copy.agreement is not None
        agreements.apply_file(new=copy.agreement, by=None, at=moment(on))
        monday = date(2019, 9, 2) + timedelta(weeks=times + number)
        measures.take_snapshots(week_on=monday, at=moment(monday), agreement_ids=[cast.agreement.pk])
