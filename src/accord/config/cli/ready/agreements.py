"""What `accord agreement` does once Django is set up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from accord.agreements import operations as agreements
from accord.agreements.operations import PromiseFrozen
from accord.agreements.queries import file_by_key
from accord.config.cli._exits import Exit, StopError
from accord.config.cli._talk import DONE, FAILED, Talk, red
from accord.engines import agreementfile as engine
from accord.kernel import clock
from accord.kernel.measure import known_codes
from accord.kernel.models import World
from accord.measures import operations as measures

Plain = dict[str, Any]
SIGNS = {engine.Change.ADDED: "+", engine.Change.REMOVED: "-", engine.Change.CHANGED: "~"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and everything that is wrong with it."""

    path: Path
    reading: engine.Reading
    language: str

    @property
    def errors(self) -> tuple[engine.Problem, ...]:
        """Return what keeps the file out."""
        return self.reading.errors

    def as_data(self) -> Plain:
        """Return the file's problems for programs."""
        return {
            "file": str(self.path),
            "agreement": self.reading.agreement.key if self.reading.agreement else None,
            "ok": not self.errors,
            "problems": [self._problem(one) for one in self.reading.problems],
        }

    def lines(self) -> list[str]:
        """Return a line for each problem: where, what, how to mend it."""
        found = []
        for one in self.reading.problems:
            words = engine.render(one, language=self.language)
            mark = "" if one.severity == engine.Severity.ERROR else "advice: "
            found.append(f"{self.path}:{one.line}:{one.column}: {mark}{words.what} {words.advice}")
        return found

    def _problem(self, one: engine.Problem) -> Plain:
        words = engine.render(one, language=self.language)
        return {
            "line": one.line,
            "column": one.column,
            "where": one.where,
            "code": one.code,
            "severity": one.severity.value,
            "what": words.what,
            "advice": words.advice,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs between an agreement as it stands and a file."""

    key: str
    differences: tuple[engine.Difference, ...]
    language: str

    @property
    def refusals(self) -> tuple[engine.Difference, ...]:
        """Return the differences that a signed agreement does not allow."""
        return tuple(one for one in self.differences if one.refusal)

    def as_data(self) -> Plain:
        """Return the differences for programs."""
        rows = [asdict(one) | {"refusal": engine.render_refusal(one, self.language)} for one in self.differences]
        return {"agreement": self.key, "changes": rows, "refused": bool(self.refusals)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What applying files changed, and how many snapshots were taken."""

    plans: tuple[Plan, ...]
    snapshots: int

    def as_data(self) -> Plain:
        """Return what changed for programs."""
        return {"agreements": [one.as_data() for one in self.plans], "snapshots": self.snapshots}


def check(paths: Sequence[Path], language: str) -> list[Checked]:
    """Read the files and find everything that is wrong with them."""
    codes = known_codes()
    return [Checked(path, engine.read_bytes(path.read_bytes(), measures=codes), language) for path in paths]


def sound(paths: Sequence[Path], language: str) -> list[engine.AgreementFile]:
    """Return the agreements of the files.

    Raises:
        StopError: a file has errors, or two files hold the same agreement.

    """
    found = check(paths, language)
    lines = [line for one in found if one.errors for line in one.lines()]
    if lines:
        raise StopError("\n".join(["Nothing was changed, files have errors.", *lines]), Exit.NOT_SOUND)
    read = [one.reading.agreement for one in found if one.reading.agreement]
    keys = [one.key for one in read]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise StopError(f"Two files hold the agreement {twice[0]}. Name one of them.", Exit.USAGE)
    return read


def plan(files: Sequence[engine.AgreementFile], language: str) -> list[Plan]:
    """Return what applying each file would change."""
    return [Plan(one.key, engine.compare(file_by_key(one.key), one), language) for one in files]


def apply(files: Sequence[engine.AgreementFile], language: str) -> Outcome:
    """Bring all files in, or none; then take this week's snapshots.

    Raises:
        StopError: a signed agreement refuses a change.

    """
    world = World.current()
    try:
        with transaction.atomic():
            now = clock.now(world)
            applied = [agreements.apply_file(new=one, by=None, at=now) for one in files]
    except PromiseFrozen as error:
        refused = [_refused(one, language) for one in error.detail["differences"]]
        raise StopError("\n".join(["Nothing was changed.", *refused]), Exit.REFUSED) from error
    taken = measures.take_snapshots(
        week_on=clock.monday_of(clock.today(world)),
        at=datetime.now(UTC),
        agreement_ids=[one.agreement.pk for one in applied],
    )
    return Outcome(tuple(Plan(one.agreement.key, one.differences, language) for one in applied), taken)


def text_of(key: str) -> str:
    """Return the canonical file of an agreement.

    Raises:
        StopError: there is none of this key.

    """
    return engine.write(_held(key))


def compare_files(old: Path, new: Path, language: str) -> Plan:
    """Return what differs between two files."""
    before, after = sound([old], language)[0], sound([new], language)[0]
    return Plan(after.key, engine.compare(before, after), language)


def compare_held(key: str, new: Path, language: str) -> Plan:
    """Return what differs between an agreement as it stands and a file."""
    return Plan(key, engine.compare(_held(key), sound([new], language)[0]), language)


def _held(key: str) -> engine.AgreementFile:
    """Return the agreement of this key as a file."""
    found = file_by_key(key)
    if found is None:
        raise StopError(f"There is no agreement {key}. `accord board` lists those that are there.", Exit.NOT_FOUND)
    return found


def tell_check(found: Sequence[Checked], talk: Talk) -> None:
    """Print every problem, and say of each file how it fares."""
    for one in found:
        for line in one.lines():
            click.echo(line)
        if one.errors:
            count = len(one.errors)
            talk.say(f" {red(FAILED)} {one.path}: {count} error{'s' if count > 1 else ''}")
        elif one.reading.agreement:
            talk.say(f" {DONE} {one.path}: {len(one.reading.agreement.promises)} promises, nothing wrong")


def tell_plans(plans: Sequence[Plan], talk: Talk) -> None:
    """Print what differs, a line for each value."""
    for one in plans:
        if not one.differences:
            talk.say(f"{one.key}: nothing differs.")
        for difference in one.differences:
            click.echo(f"{one.key}: {_line(difference)}")
            if difference.refusal:
                click.echo(f"    refused: {engine.render_refusal(difference, one.language)}")


def tell_outcome(outcome: Outcome, talk: Talk) -> None:
    """Say what was brought in and what can be done next."""
    for one in outcome.plans:
        new = [difference for difference in one.differences if not difference.path]
        changes = len(one.differences)
        words = (
            "brought in" if new else f"{changes} change{'s' if changes > 1 else ''}" if changes else "nothing changed"
        )
        talk.say(f" {DONE} {one.key}: {words}")
    if outcome.snapshots:
        talk.say(f" {DONE} {outcome.snapshots} snapshots of this week taken")
    talk.say("Next: accord board, or accord serve.")


def _line(one: engine.Difference) -> str:
    """Return one difference as a line."""
    if not one.path:
        return f"+ the whole agreement {one.after}"
    if one.kind == engine.Change.CHANGED:
        return f"~ {one.path}: {one.before} → {one.after}"
    return f"{SIGNS[one.kind]} {one.path}: {one.after if one.kind == engine.Change.ADDED else one.before}"


def _refused(one: engine.Difference, language: str) -> str:
    """Return a refused difference with what to do instead."""
    return f"  {one.path}: {engine.render_refusal(one, language)}"
