"""Shows an assignment to people: who reviews what, and what is proven about it."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import click

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._tables import table
from accord.config.cli._talk import Talk
from accord.config.cli._words import Words, figure
from accord.config.cli.reviewing._problem import Read
from accord.engines.assignment import Assignment, Goal, Proof, ReviewProblem, digest, why

NO_GAP = 1e-6
TERMS = 5


def head(assignment: Assignment, words: Words) -> list[str]:
    """Return the headings of the table of pairs."""
    keys = ["item", "reviewer", "fit", *(["chance"] if assignment.chances else []), "note"]
    return [words(key) for key in keys]


def rows(problem: ReviewProblem, assignment: Assignment, words: Words) -> Iterator[list[str | float]]:
    """Yield a row for each pair: item, reviewer, fit, the chance where there was one, and whether it was fixed."""
    fixed = {(problem.items[item], problem.reviewers[one]) for item, one in problem.fixed.tolist()}
    chance = {(one.item, one.reviewer): one.parts / assignment.denominator for one in assignment.chances}
    for pair in assignment.pairs:
        key = (pair.item, pair.reviewer)
        drawn = [round(chance.get(key, 0.0), 6)] if assignment.chances else []
        yield [*key, round(pair.fit, 6), *drawn, words("fixed") if key in fixed else ""]


def tell_pairs(problem: ReviewProblem, assignment: Assignment, words: Words) -> None:
    """Print the table of pairs."""
    found = [[one if isinstance(one, str) else figure(one) for one in row] for row in rows(problem, assignment, words)]
    table(head(assignment, words), found)
    click.echo()


def tell_proof(problem: ReviewProblem, assignment: Assignment, words: Words) -> None:
    """Print the summary, and in words what is proven."""
    weakest = min(range(len(problem.items)), key=lambda at: (assignment.item_fits[at], problem.items[at]))
    click.echo(
        words(
            "summary",
            items=len(problem.items),
            reviews=len(assignment.pairs),
            reviewers=sum(load > 0 for load in assignment.loads),
            least=min(assignment.loads),
            most=max(assignment.loads),
        )
    )
    fit = figure(assignment.item_fits[weakest])
    click.echo(words("total", total=figure(assignment.total), item=problem.items[weakest], fit=fit))
    click.echo("\n" + words("certificate"))
    for line in _proof(assignment, words):
        click.echo("  " + line)
    own = "seed-own" if assignment.seed == digest(problem) else "seed"
    click.echo("  " + words("problem", digest=assignment.problem))
    click.echo("  " + words(own, seed=assignment.seed))
    click.echo("  " + words("engine", engine=assignment.engine))


def _proof(assignment: Assignment, words: Words) -> Iterator[str]:
    yield words("rules-kept")
    strength, proof = assignment.strength, assignment.certificate
    if assignment.goal is Goal.RANDOMISED and assignment.expected is not None:
        highest = f"{assignment.highest}/{assignment.denominator}"
        yield words("expected", expected=figure(assignment.expected), highest=highest)
    if strength is not None:
        yield words("strong", count=strength.count, threshold=figure(strength.threshold))
        if strength.next_threshold is not None:
            code = "strong-limit" if strength.proven else "strong-open"
            yield words(code, threshold=figure(strength.next_threshold))
    figures = {name: figure(getattr(proof, name)) for name in ("at_most", "by_prices")}
    if proof.gap > NO_GAP * max(1.0, abs(proof.at_most)):
        yield words("bounded", gap=figure(proof.gap), **figures)
    else:
        yield words("best" if proof.proof is Proof.PRICES else "best-by-search", **figures)


def warn_of_silence(read: Read, talk: Talk, words: Words) -> None:
    """Say whose words could not be compared, so that nobody takes a 0 for a judgement."""
    if read.affinity is None:
        return
    for code, names in (
        ("silent-items", read.affinity.silent_items),
        ("silent-reviewers", read.affinity.silent_reviewers),
    ):
        if names:
            talk.say(words(code, names=words.listed(names)))


def reasons(read: Read, assignment: Assignment, items: Sequence[str], words: Words) -> dict[str, list[str]]:
    """Return for each of these items why it has the reviewers it has, one sentence a line.

    Raises:
        StopError: an item is not in the file.

    """
    found = {}
    for item in items:
        if item not in read.problem.items:
            near = get_close_matches(item, read.problem.items, 1)
            hint = words("hint", near=near[0]) if near else ""
            raise StopError(words("unknown-item", item=item, hint=hint), Exit.NOT_FOUND)
        reason = why(read.problem, assignment, item)
        found[item] = [
            *reason.words(words.language),
            *_shared(read, item, [one.reviewer for one in reason.chosen], words),
        ]
    return found


def _shared(read: Read, item: str, reviewers: Sequence[str], words: Words) -> Iterator[str]:
    """Yield the heaviest words that each reviewer shares with the item, where fits came from documents."""
    if read.affinity is None:
        return
    for reviewer in reviewers:
        terms = [one.term for one in read.affinity.why(item, reviewer, most=TERMS).terms]
        if terms:
            yield words("shared", item=item, reviewer=reviewer, terms=words.listed(terms))


def tell_reasons(found: dict[str, list[str]]) -> None:
    """Print the reasons under the name of each item."""
    for item, lines in found.items():
        click.echo(f"\n{item}")
        for line in lines:
            click.echo("  " + line)
