"""Lists of roles, permissions and views ask the database the same few questions, however much there is to show."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.cast import LONG_AGO, Cast, Member, make_cast, moment
from tests.picture import Picture

from accord.kernel import secret
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role

pytestmark = pytest.mark.django_db
PAGES = [
    ("/roles/", 8),
    ("/permissions/", 7),
    ("/permissions/of/owner/", 9),
    ("/standing-in/", 7),
    ("/tokens/", 6),
    ("/views/", 8),
]
DAY = timedelta(days=1)


def filled(*often: int) -> Cast:
    """Make the cast, and fill as often as told."""
    cast = make_cast()
    for times in often:
        fill(cast, cast.owner, times=times)
    return cast


LITTLE, MUCH = Picture(lambda: filled(1)), Picture(lambda: filled(1, 12))


@pytest.mark.parametrize(("path", "queries"), PAGES)
def test_page_takes_as_many_queries_for_much_as_for_little(django_assert_num_queries, path: str, queries: int) -> None:
    with transaction.atomic():
        client = LITTLE.show().owner.client
        client.get(path)  # fills what a process keeps
        with django_assert_num_queries(queries):
            client.get(path)
        transaction.set_rollback(True)

    client = MUCH.show().owner.client
    with django_assert_num_queries(queries):
        client.get(path)


def fill(cast: Cast, who: Member, *, times: int) -> None:
    """Add people with roles, whom the reader lets stand in and who let the reader; tokens; views of several lists."""
    for number in range(times):
        key, at = f"person-{times}-{number}", moment(LONG_AGO)
        person = people.register_person(key=key, name=Bilingual(key.title()))
        people.open_account(person=person, email=f"{key}@example.org", password=None)
        place = cast.ours.institution
        people.grant_role(
            person=person, role=Role.EXECUTIVE, institution=place, starts_on=LONG_AGO, by=who.person, at=at
        )
        days = {"starts_on": LONG_AGO, "ends_on": LONG_AGO + DAY, "reason": ""}
        people.delegate(to=person, by=who.person, **days)
        people.delegate(to=who.person, by=person, **days)
        token = secret.new_access_token()
        people.make_token(by=who.person, name=key, scopes=["read"], expires_at=at + DAY, secret=token, at=at)
        for path in ("/roles/", "/views/", "/permissions/"):
            people.save_view(by=who.person, name=key, path=path, query=f"q={number}")
