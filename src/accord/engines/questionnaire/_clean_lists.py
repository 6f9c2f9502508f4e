"""Answers that are lists: files, ranked places, team members."""

from collections.abc import Mapping
from typing import Final

from accord.engines.questionnaire._clean_text import clean_line, clipped
from accord.engines.questionnaire._figures import figure_of, number_in
from accord.engines.questionnaire._problem_words import problem
from accord.engines.questionnaire.types import Json, Problem, Question

MEMBER: Final = ("name", "email", "institution")
REF: Final = "ref"
RANKS: Final = range(1, 10_001)


def clean_files(question: Question, raw: object) -> Json | Problem:
    """Return files as a list of name, size in bytes and the caller's own reference."""
    files: list[Json] = []
    for entry in raw if isinstance(raw, list | tuple) else [raw]:
        file = _file(entry) if isinstance(entry, Mapping) else None
        if file is None:
            return problem(question, "unreadable")
        files.append(file)
    return files or None


def _file(entry: Mapping[object, object]) -> dict[str, Json] | None:
    name, size, ref = entry.get("name"), entry.get("bytes"), entry.get(REF)
    if not isinstance(name, str) or isinstance(size, bool) or not isinstance(size, int) or size < 0:
        return None
    if not clean_line(name) or not _is_ref(ref) or set(entry) - {"name", "bytes", REF}:
        return None
    return {"name": clean_line(name), "bytes": size, **_with_ref(ref)}


def clean_ranking(question: Question, raw: object) -> Json | Problem:
    """Return ranked keys, the first wish first, from a list of them or from a rank beside each."""
    if isinstance(raw, Mapping):
        return _by_rank(question, raw)
    entries = raw if isinstance(raw, list | tuple) else [raw]
    ranked: list[Json] = []
    for entry in entries:
        if not isinstance(entry, str):
            return problem(question, "unreadable")
        ranked += [line] if (line := clean_line(entry)) else []
    return ranked or None


def _by_rank(question: Question, raw: Mapping[object, object]) -> Json | Problem:
    places: dict[int, str] = {}
    for key, rank in raw.items():
        if not isinstance(key, str) or not isinstance(rank, str | int) or isinstance(rank, bool):
            return problem(question, "unreadable")
        text = clean_line(rank) if isinstance(rank, str) else str(figure_of(rank))
        if not text:
            continue
        number = number_in(text)
        if number is None or number not in RANKS:
            return problem(question, "not-a-rank", text=clipped(text))
        if int(number) in places:
            return problem(question, "same-rank", rank=clipped(text))
        places[int(number)] = clean_line(key)
    ranked: list[Json] = [places[rank] for rank in sorted(places)]
    return ranked or None


def clean_members(question: Question, raw: object) -> Json | Problem:
    """Return members as a list of name, e-mail and institution; rows that are wholly empty are left out."""
    members: list[Json] = []
    for entry in raw if isinstance(raw, list | tuple) else [raw]:
        if not isinstance(entry, Mapping) or set(entry) - {*MEMBER, REF} or not _is_ref(entry.get(REF)):
            return problem(question, "unreadable")
        parts = [entry.get(name) or "" for name in MEMBER]
        texts = [clean_line(part) for part in parts if isinstance(part, str)]
        if len(texts) < len(parts):
            return problem(question, "unreadable")
        if any(texts):
            members.append({**dict(zip(MEMBER, texts, strict=True)), **_with_ref(entry.get(REF))})
    return members or None


def _is_ref(ref: object) -> bool:
    return ref is None or (isinstance(ref, str | int) and not isinstance(ref, bool))


def _with_ref(ref: object) -> dict[str, Json]:
    return {REF: ref} if isinstance(ref, str | int) else {}
