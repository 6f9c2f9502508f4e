"""Whether a condition holds, in three values: a test of a missing answer is neither true nor false (Kleene 1938)."""

from collections.abc import Iterator, Mapping
from datetime import date

from accord.engines.questionnaire._figures import age_on
from accord.engines.questionnaire.types import All, Condition, Either, Json, Not, One, Op


def holds(condition: Condition, answers: Mapping[str, Json]) -> bool | None:
    """Say whether a condition holds for canonical answers; None where it turns on one that is not there."""
    match condition:
        case One():
            return _test(condition, answers.get(condition.question))
        case Not(part):
            inner = holds(part, answers)
            return None if inner is None else not inner
        case All(parts):
            found = [holds(part, answers) for part in parts]
            return False if False in found else None if None in found else True
        case Either(parts):
            found = [holds(part, answers) for part in parts]
            return True if True in found else None if None in found else False


def looked_at(condition: Condition) -> Iterator[str]:
    """Yield the key of every question that a condition looks at."""
    match condition:
        case One():
            yield condition.question
        case Not(part):
            yield from looked_at(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from looked_at(part)


def _test(test: One, answer: Json) -> bool | None:
    if test.op is Op.ANSWERED:
        return (answer is not None) is test.value
    if answer is None:
        return None
    if test.op is Op.CONTAINS:
        return isinstance(answer, list) and test.value in map(_plain, answer)
    if test.day is not None and isinstance(answer, str) and isinstance(test.value, int):
        age = age_on(date.fromisoformat(answer), test.day)
        return age >= test.value if test.op is Op.AGED_AT_LEAST else age <= test.value
    wanted = tuple(map(_plain, test.value)) if isinstance(test.value, tuple) else _plain(test.value)
    return _compare(test.op, len(answer) if isinstance(answer, list) else _plain(answer), wanted)


def _compare(op: Op, answer: object, wanted: object) -> bool:
    match op:
        case Op.IS:
            return answer == wanted
        case Op.IS_NOT:
            return answer != wanted
        case Op.IN:
            return isinstance(wanted, tuple) and answer in wanted
    # Days are compared as they are written, the year first; figures as figures.
    if isinstance(answer, str) and isinstance(wanted, str):
        return answer >= wanted if op is Op.AT_LEAST else answer <= wanted
    if isinstance(answer, int | float) and isinstance(wanted, int | float):
        return answer >= wanted if op is Op.AT_LEAST else answer <= wanted
    return False


def _plain(value: object) -> object:
    """An option by its key, the applicant's own words by `other`, a text whatever its capitals."""
    if isinstance(value, dict):
        return "other"
    return value.casefold() if isinstance(value, str) else value
