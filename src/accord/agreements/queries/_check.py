"""What an agreement file says before it is applied: its problems in words, and what it would change."""

from dataclasses import dataclass

from accord.agreements.models import Agreement
from accord.agreements.queries._file import as_file, plan_file
from accord.engines import agreementfile as engine
from accord.kernel.access import Actor
from accord.kernel.measure import known_codes
from accord.people.enums import Role
from accord.people.queries import Institution


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong with the file, in the reader's language."""

    line: int
    column: int
    where: str
    what: str
    advice: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A file's text, the agreement it holds if nothing is wrong, its problems, and its differences."""

    text: str
    agreement: engine.AgreementFile | None
    problems: tuple[FileProblem, ...]
    differences: tuple[engine.Difference, ...]

    @property
    def refusals(self) -> tuple[engine.Difference, ...]:
        """Return the differences that a signed agreement does not allow."""
        return tuple(one for one in self.differences if one.refusal)

    @property
    def can_apply(self) -> bool:
        """Say whether the file holds an agreement and changes nothing that is frozen."""
        return self.agreement is not None and not self.refusals

    @property
    def file(self) -> engine.AgreementFile:
        """Return the agreement of a file that can be applied."""
        if self.agreement is None:
            raise AssertionError("a file with errors holds no agreement")
        return self.agreement


def check_file(content: bytes, *, language: str) -> FileCheck:
    """Read a file and say everything about it: each error with line, column and advice, and what it changes."""
    reading = engine.read_bytes(content, measures=known_codes())
    problems = []
    for problem in reading.problems:
        words = engine.render(problem, language="zh-hans" if language.startswith("zh") else "en")
        is_error = problem.severity == engine.Severity.ERROR
        problems.append(FileProblem(problem.line, problem.column, problem.where, words.what, words.advice, is_error))
    differences = plan_file(reading.agreement) if reading.agreement else ()
    text = content.decode("utf-8", errors="replace")
    return FileCheck(text, reading.agreement, tuple(problems), differences)


def names_party_of(actor: Actor, check: FileCheck) -> bool:
    """Say whether the file names an institution that the actor is officer of; stewards bring in any.

    Where the agreement exists, the actor must be officer of one of its present parties too; and of one of the parties
    of the agreement that the file renews, which otherwise is as if it were not there.
    """
    if actor.holds(Role.STEWARD):
        return True
    mine = actor.institutions(Role.OFFICER)
    keys = set(Institution.objects.filter(pk__in=mine).values_list("key", flat=True))
    held = Agreement.objects.filter(key=check.file.key).first()
    present = {party.key for party in as_file(held).parties} if held else keys
    named = {party.key for party in check.file.parties}
    return bool(keys & present) and bool(keys & named) and _may_renew(mine, check.file.renews)


def _may_renew(mine: frozenset[int], key: str | None) -> bool:
    """Say whether the agreement of this key is one of these institutions'; where none is renewed, it is."""
    return key is None or Agreement.objects.filter(key=key, parties__institution__in=mine).exists()
