"""The slow and obvious version: what a definition says, read straight from its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Data = dict[str, Any]


def ends(data: Data) -> set[str]:
    """Return the stages that are ends."""
    return {one["key"] for one in data["stages"] if one.get("ends")}


def pairs(data: Data) -> set[tuple[str, str]]:
    """Return all (stage, next stage)."""
    return {(source, one["to"]) for one in data["steps"] for source in one["from"]}


def reached(data: Data, start: str) -> set[str]:
    """Return all that can be reached from a stage, by walking until nothing is new."""
    found = {start}
    for _ in data["stages"]:
        found |= {to for source, to in pairs(data) if source in found}
    return found


def is_right(data: Data) -> bool:
    """Say whether a definition of sound shape breaks none of the rules about ways."""
    keys, over = {one["key"] for one in data["stages"]}, ends(data)
    if data["start"] not in keys - over or not all({*way} <= keys and way[0] not in over for way in pairs(data)):
        return False
    if any(one["to"] in one["from"] and not one["asks"] for one in data["steps"]):
        return False
    return reached(data, data["start"]) == keys and all(reached(data, key) & over for key in keys)


def offered(data: Data, stage: str, actor: str, facts: dict[str, bool]) -> list[tuple[str, list[str]]]:
    """Return (step, what is missing) for one actor."""
    found = []
    for one in data["steps"]:
        if stage in one["from"] and actor in one["by"]:
            missing = [need for need in one.get("needs", []) if need not in facts or facts[need] is False]
            found.append((one["key"], missing))
    return found


def ways_to(data: Data, stage: str, goal: set[str], closed: set[str]) -> Iterator[list[str]]:
    """Yield every way to a goal that comes nowhere twice, by the order of the steps."""
    if stage in goal:
        yield []
        return
    for one in data["steps"]:
        if stage in one["from"] and one["to"] not in closed | {stage}:
            for rest in ways_to(data, one["to"], goal, closed | {stage}):
                yield [one["key"], *rest]


def usual_way(data: Data, stage: str) -> list[str]:
    """Return the first of all ways to ``done`` without a question, else to ``done``, else to any end."""
    phase = {one["key"]: one["phase"] for one in data["stages"]}
    done = {key for key in ends(data) if phase[key] == "done"}
    asking = {key for key in phase if phase[key] == "question" and key != stage}
    tries = [(done - asking, asking), (done, set()), (ends(data), set())]
    return next(way for goal, closed in tries for way in ways_to(data, stage, goal, closed))
