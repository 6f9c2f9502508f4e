"""Two hundred people submit in the last minute, in two processes: nothing lost, nothing late that was in time."""

import subprocess
import sys
import time
from collections.abc import Iterator

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import operations as programmes
from accord.programmes.models import Application
from benchmarks._form import Line, alone
from benchmarks.programmes.world import NOW, House

PEOPLE = 200
PROCESSES = 2


def lines(bench: str, house: House) -> Iterator[Line]:
    """Yield how long the last minute took, and how many of those who were in time were kept as in time."""
    drafts = list(_drafts(house))
    began = time.perf_counter()
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.programmes.last_minute", *map(str, drafts[part::PROCESSES])]
        )
        for part in range(PROCESSES)
    ]
    failed = [one for one in workers if one.wait() != 0]
    taken = time.perf_counter() - began
    if failed:
        raise SystemExit("A process of the deadline failed.")
    kept = Application.objects.filter(pk__in=drafts, submitted_at__isnull=False)
    yield alone(bench, f"deadline-{PEOPLE}-people", taken, "s")
    yield alone(bench, "deadline-submitted", kept.count(), "applications")
    yield alone(bench, "deadline-lost", PEOPLE - kept.count(), "applications")
    yield alone(bench, "deadline-late-though-in-time", kept.filter(is_late=True).count(), "applications")


def _drafts(house: House) -> Iterator[int]:
    """Yield complete drafts of as many people, each with an account."""
    for number in range(PEOPLE):
        person = people.register_person(key=f"last-{number}", name=Bilingual(f"Last {number}"))
        people.open_account(person=person, email=f"last-{number}@example.org", password=None)
        application = programmes.begin_application(call=house.open_call, person=person, language="en", at=NOW)
        programmes.keep_answers(
            application=application,
            section="plan",
            raw={"why": "To learn."},
            version=application.version,
            by=person,
            at=NOW,
        )
        yield application.pk
