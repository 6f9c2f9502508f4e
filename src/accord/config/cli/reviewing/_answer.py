"""Answers `accord assign`: assigns and shows, or checks a result that somebody published."""

import json
from pathlib import Path

import click

from accord.config.cli._exits import Exit
from accord.config.cli._refusals import refused_by_engine, refused_tables
from accord.config.cli._tables import emit
from accord.config.cli._talk import Talk
from accord.config.cli._words import Words
from accord.config.cli._written import write_table
from accord.config.cli.reviewing import _tell as tell
from accord.config.cli.reviewing._asked import Asked
from accord.config.cli.reviewing._problem import problem_from_tables
from accord.config.cli.reviewing._result import breaches_of, faults_of, read_result, result_data
from accord.config.cli.reviewing._sentences import SENTENCES
from accord.engines.assignment import AssignmentRefused
from accord.kernel.sheets import FaultyTablesError

JSON = ".json"


def answer(asked: Asked, talk: Talk) -> int:
    """Return the exit code of what was asked; faults of the tables and refusals of the engine are told in words."""
    words = Words(SENTENCES, asked.language)
    try:
        return _checked(asked, asked.check, words) if asked.check else _assigned(asked, talk, words)
    except FaultyTablesError as error:
        return refused_tables(error, str(asked.file), asked.language, as_json=asked.as_json)
    except AssignmentRefused as error:
        return refused_by_engine(error, asked.language, as_json=asked.as_json)


def _assigned(asked: Asked, talk: Talk, words: Words) -> int:
    rules = asked.rules()
    read = problem_from_tables(asked.file, asked.beside, rules)
    tell.warn_of_silence(read, talk, words)
    found = asked.assigned(read.problem)
    # Nobody's word is taken for it, not even the engine's own: what does not hold is neither shown nor written.
    if off := list(breaches_of(read.problem, found, words)):
        return _tell_off(asked, off, words)
    explained = tell.reasons(read, found, asked.explain, words)
    data = result_data(found, rules, explained)
    for path in asked.output:
        if path.suffix.casefold() == JSON:
            path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        else:
            write_table(path, tell.head(found, words), tell.rows(read.problem, found, words))
        talk.say(words("wrote", file=path))
    if asked.as_json:
        emit(data)
        return Exit.DONE
    if not asked.output:
        tell.tell_pairs(read.problem, found, words)
    tell.tell_proof(read.problem, found, words)
    tell.tell_reasons(explained)
    return Exit.DONE


def _checked(asked: Asked, result: Path, words: Words) -> int:
    kept, found = read_result(result, words)
    read = problem_from_tables(asked.file, asked.beside, asked.rules(kept))
    if off := list(faults_of(read.problem, found, words)):
        return _tell_off(asked, off, words)
    if asked.as_json:
        emit({"ok": True, "problems": []})
        return Exit.DONE
    click.echo(words("sound", file=asked.file, result=result, pairs=len(found.pairs)))
    tell.tell_proof(read.problem, found, words)
    tell.tell_reasons(tell.reasons(read, found, asked.explain, words))
    return Exit.DONE


def _tell_off(asked: Asked, off: list[str], words: Words) -> int:
    """Name what does not hold; return the exit code for it."""
    if asked.as_json:
        emit({"ok": False, "problems": [{"what": line} for line in off]})
        return Exit.NOT_SOUND
    click.echo(words("not-sound", n=len(off)))
    for line in off:
        click.echo("  " + line)
    return Exit.NOT_SOUND
