"""Definitions for the tests: one of everyday use, random ones that are right, and random ones that may be wrong."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from accord.engines.workflow import Vocabulary

ACTORS = ("office", "applicant", "reviewer")
NEEDS = ("form-complete", "reviews-in", "place-free")
ASKS = ("reason", "letter")
TELLING = ("review", "question", "done", "declined")  # the phases by which a usual way is chosen, and two others
VOCABULARY = Vocabulary(ACTORS, NEEDS, ASKS)


def both(text: str) -> dict[str, str]:
    """Return a text in both languages."""
    return {"en": text, "zh-hans": f"{text}（中）"}


def stage(key: str, phase: str = "review", **more: Any) -> dict[str, Any]:
    """Return a stage as a definition writes it."""
    return {"key": key, "name": both(f"Stage {key}"), "phase": phase, **more}


def step(key: str, sources: list[str], to: str, *by: str, **more: Any) -> dict[str, Any]:
    """Return a step as a definition writes it; the office takes it unless others are named."""
    named = {"key": key, "name": both(f"Step {key}"), "from": sources, "to": to, "by": list(by) or ["office"]}
    return {**named, **more}


def everyday() -> dict[str, Any]:
    """Return a new copy of a definition with questions back and forth, a reminder, and three ends."""
    return {
        "start": "draft",
        "stages": [
            stage("draft", "draft", tells=both("Complete the form.")),
            stage("screening", "screening"),
            stage("question", "question"),
            stage("review"),
            stage("decision", "decision"),
            stage("done", "done", ends=True),
            stage("declined", "declined", ends=True),
            stage("withdrawn", "withdrawn", ends=True),
        ],
        "steps": [
            step("submit", ["draft"], "screening", "applicant", needs=["form-complete"]),
            step("ask", ["screening", "review"], "question", asks=["letter"]),
            step("answer", ["question"], "review", "applicant"),
            step("pass", ["screening"], "review"),
            step("remind", ["question"], "question", asks=["letter"]),
            step("recommend", ["review"], "decision", "reviewer", "office", needs=["reviews-in"]),
            step("accept", ["decision"], "done", needs=["reviews-in", "place-free"]),
            step("decline", ["screening", "decision"], "declined", asks=["reason"], tells=both("We wrote to you.")),
            step("withdraw", ["draft", "screening", "question", "review"], "withdrawn", "applicant"),
        ],
    }


def some(words: tuple[str, ...], least: int = 0) -> st.SearchStrategy[list[str]]:
    """Draw some of the words, each once."""
    return st.lists(st.sampled_from(words), min_size=least, max_size=len(words), unique=True)


@st.composite
def right(draw: Any) -> dict[str, Any]:
    """Draw a definition that is right: all reached from the start, all leading to an end, and more steps besides."""
    size = draw(st.integers(2, 7))
    keys = [f"s{at}" for at in range(size)]
    ends = {keys[-1], *draw(st.sets(st.sampled_from(keys[1:])))}
    ways: list[tuple[list[str], str]] = []
    for at, key in enumerate(keys):
        if at:
            ways.append(([draw(st.sampled_from([one for one in keys[:at] if one not in ends]))], key))
        if key not in ends:
            ways.append(([key], draw(st.sampled_from(keys[at + 1 :]))))
    going_on = tuple(one for one in keys if one not in ends)
    more = st.tuples(some(going_on, 1), st.sampled_from(keys))
    ways += draw(st.lists(more, max_size=5))
    return {
        "start": keys[0],
        "stages": [
            stage(key, draw(st.sampled_from(TELLING)), **({"ends": True} if key in ends else {})) for key in keys
        ],
        "steps": [
            step(f"w{at}", sources, to, *draw(some(ACTORS, 1)), needs=draw(some(NEEDS)), asks=draw(some(ASKS, 1)))
            for at, (sources, to) in enumerate(draw(st.permutations(ways)))
        ],
    }


@st.composite
def loose(draw: Any) -> dict[str, Any]:
    """Draw a definition of sound shape with up to three ways or ends changed: still right, or wrong in any manner."""
    data = draw(right())
    stages = st.sampled_from([*(one["key"] for one in data["stages"]), "nowhere"])
    for change in draw(st.lists(st.sampled_from(["start", "ends", "to", "from", "asks", "drop"]), max_size=3)):
        one = draw(st.sampled_from(data["steps"]))
        if change == "start":
            data["start"] = draw(stages)
        elif change == "ends":
            draw(st.sampled_from(data["stages"]))["ends"] = draw(st.booleans())
        elif change == "to":
            one["to"] = draw(stages)
        elif change == "from":
            one["from"] = draw(st.lists(stages, min_size=1, max_size=3, unique=True))
        elif change == "asks":
            one["asks"] = []
        elif len(data["steps"]) > 1:
            data["steps"].remove(one)
    return data
