"""Shows an outcome to people: who is placed where, and the certificate in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from accord.config.cli._tables import table
from accord.config.cli._words import Words, figure
from accord.config.cli.placing._sentences import SPREADS
from accord.engines.matching import (
    UNLIMITED,
    Certificate,
    Cutoff,
    Market,
    Mechanism,
    Outcome,
    Seat,
    block_words,
    certificate_words,
)

ROWS_SHOWN, BLOCKS_SHOWN = 60, 10
DRAW_DIGITS, DRAW_BITS = 8, 64


def head(words: Words) -> list[str]:
    """Return the headings of the table of placements."""
    return [words(key) for key in ("applicant", "programme", "choice", "note")]


def rows(market: Market, outcome: Outcome, words: Words) -> Iterator[list[Any]]:
    """Yield a row for each applicant: id, programme, choice number, and what there is to note."""
    for number, (who, edge, seat) in enumerate(
        zip(market.applicants, outcome.edge.tolist(), outcome.seat.tolist(), strict=True)
    ):
        note = [words("people", n=market.size[number])] if market.size[number] > 1 else []
        if edge < 0:
            yield [who, "", "", words.listed(note)]
            continue
        note += [words("fixed")] if market.fixed[edge] else []
        note += [words("reserved")] if seat == Seat.RESERVED else []
        yield [who, market.programmes[market.programme[edge]], int(market.rank[edge]), words.listed(note)]


def tell_places(market: Market, outcome: Outcome, words: Words) -> None:
    """Print the table of placements."""
    found = [
        [who, where or words("nowhere"), str(choice), note] for who, where, choice, note in rows(market, outcome, words)
    ]
    table(head(words), found)
    click.echo()


def tell_certificate(certificate: Certificate, words: Words) -> None:
    """Print what holds of the outcome, who could complain, the cutoffs, and what it takes to repeat it."""
    click.echo(words("certificate"))
    lines = certificate_words(certificate, words.language).splitlines()
    for line in [*lines, *_spread(certificate, words), *_seed(certificate, words), *_cases(certificate, words)]:
        click.echo("  " + line)
    _tell_cutoffs(certificate, words)


def _spread(certificate: Certificate, words: Words) -> Iterator[str]:
    """Yield what a fair spread made best."""
    if certificate.mechanism is Mechanism.FAIR_SPREAD and certificate.spread:
        spread = Words(SPREADS, words.language)(certificate.spread)
        yield words("best-spread" if certificate.best_possible else "best-while-open", spread=spread)


def _seed(certificate: Certificate, words: Words) -> Iterator[str]:
    if certificate.seed == certificate.digest:
        yield words("seed-own")


def _cases(certificate: Certificate, words: Words) -> Iterator[str]:
    """Yield the first of those who could be placed better, and why."""
    for one in certificate.blocking[:BLOCKS_SHOWN]:
        yield words("by-decision" if one.by_decision else "case", words=block_words(one, words.language))
    left = certificate.blocked + certificate.decided - BLOCKS_SHOWN
    if left > 0:
        yield words("more", n=left)


def _tell_cutoffs(certificate: Certificate, words: Words) -> None:
    if not certificate.cutoffs:
        return
    drawn = any(one.draw is not None for one in certificate.cutoffs)
    shown = [_cutoff_row(one, words, drawn=drawn) for one in certificate.cutoffs[:ROWS_SHOWN]]
    click.echo()
    table([words(key) for key in ("where", "places", "cutoff", *(["draw"] if drawn else []))], shown, indent="  ")
    if len(certificate.cutoffs) > ROWS_SHOWN:
        click.echo("  " + words("more", n=len(certificate.cutoffs) - ROWS_SHOWN))


def _cutoff_row(one: Cutoff, words: Words, *, drawn: bool) -> list[str]:
    name = one.node
    if one.group:
        name = words("group", node=one.node, group=one.group)
    elif one.seats.value == "open":
        name = words("open-seats", node=one.node)
    places = words("unlimited") if one.places is None or one.places >= UNLIMITED else str(one.places)
    if one.closed or not one.full:
        cutoff = words("closed" if one.closed else "open")
    else:
        cutoff = words("full") if one.score is None else figure(one.score)
    return [name, places, cutoff, *([_draw(one.draw)] if drawn else [])]


def _draw(draw: int | None) -> str:
    """Return a draw as a fraction of one, as explanations show it."""
    return "" if draw is None else f"0.{(draw * 10**DRAW_DIGITS) >> DRAW_BITS:0{DRAW_DIGITS}d}"


def tell_explanations(found: Mapping[str, Sequence[str]]) -> None:
    """Print what each of these applicants may be told."""
    for who, lines in found.items():
        click.echo(f"\n{who}")
        for line in lines:
            click.echo("  " + line)
