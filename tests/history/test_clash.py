"""Many edit one record at once: each change stands, or its author is told; nothing is lost, nothing said twice."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from accord.history import queries
from accord.kernel.refused import Clash
from accord.kernel.text import Bilingual
from accord.kernel.versions import last_change
from accord.people import operations as people
from accord.people.models import Institution, Person
from accord.people.operations import InstitutionFacts

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2019, 9, 30, 12, tzinfo=UTC)
EDITORS = 20


class Editor(threading.Thread):
    """Opens the record, waits for the others, saves; after a clash looks at theirs and adds its own words to them."""

    def __init__(self, number: int, pk: int, by: Person, ready: threading.Barrier) -> None:
        super().__init__()
        self.number, self.pk, self.by, self.ready = number, pk, by, ready
        self.clashes = 0
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            seen = Institution.objects.get(pk=self.pk)
            self.ready.wait(30)
            while not self.saves(seen):
                self.clashes += 1
                seen = Institution.objects.get(pk=self.pk)
        except Exception as error:  # noqa: BLE001 (the test asserts that there was none)
            self.error = error
        finally:
            connections.close_all()

    def saves(self, seen: Institution) -> bool:
        words = f"{seen.city.en} {self.number}".strip()
        facts = InstitutionFacts(name=seen.name, kind=seen.kind, city=Bilingual(words))
        try:
            people.change_institution(institution=seen, version=seen.version, facts=facts, by=self.by, at=AT)
        except Clash:
            return False
        return True


def test_twenty_racing_editors_lose_nothing() -> None:
    by = people.register_person(key="editor", name=Bilingual("Editor"))
    one = people.ensure_institution(key="school", name=Bilingual("School"), kind="university")
    ready = threading.Barrier(EDITORS)
    editors = [Editor(number, one.pk, by, ready) for number in range(EDITORS)]

    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join(60)

    one.refresh_from_db()
    assert [editor.error for editor in editors if editor.error] == []
    assert sorted(one.city.en.split(), key=int) == [str(number) for number in range(EDITORS)]
    assert one.version == 1 + EDITORS
    assert sum(editor.clashes for editor in editors) >= EDITORS - 1
    with_events = [event for event in _cities(one.pk) if event]
    assert [len(words.split()) for words in with_events] == list(range(1, EDITORS + 1))


def _cities(pk: int) -> list[str]:
    """Return what the history kept of the city, in order."""
    events = queries.event_models()
    model = next(one for one in events if one.pgh_tracked_model is Institution)
    return [row.city.en for row in model.objects.filter(pgh_obj=pk).order_by("pgh_id")]


def test_who_changed_a_record_last_is_known_where_a_person_did() -> None:
    one = people.ensure_institution(key="school", name=Bilingual("School"), kind="university")

    assert last_change(f"institution:{one.pk}") is None
    assert last_change("nothing:1") is None
