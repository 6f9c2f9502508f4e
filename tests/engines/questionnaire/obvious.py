"""What is asked and what is wrong, the slow way: straight off the definition, nothing remembered, nothing shared."""

import re
from datetime import date
from itertools import product
from typing import Any

Data = dict[str, Any]


def rows(data: Data) -> list[tuple[Data, Data]]:
    """Every question with its section."""
    return [(section, question) for section in data["sections"] for question in section["questions"]]


def counts(data: Data, answers: Data, key: str) -> Any:
    """The answer to a question, if the question is shown at all."""
    return answers.get(key) if is_shown(data, answers, key) else None


def is_shown(data: Data, answers: Data, key: str) -> bool:
    """Whether a question shows: worked out anew from the beginning each time."""
    ((section, question),) = [pair for pair in rows(data) if pair[1]["key"] == key]
    given = [one["show_if"] for one in (section, question) if "show_if" in one]
    return all(outcomes(data, answers, condition) == {True} for condition in given)


def outcomes(data: Data, answers: Data, condition: Data) -> set[bool]:
    """What a condition can come to when every test of a missing answer may come out either way."""
    if "not" in condition:
        return {not one for one in outcomes(data, answers, condition["not"])}
    for word, joined in (("all", all), ("any", any)):
        if word in condition:
            return {joined(each) for each in product(*(outcomes(data, answers, one) for one in condition[word]))}
    key = condition["question"]
    (question,) = [one for _, one in rows(data) if one["key"] == key]
    answer = counts(data, answers, key)
    if question["kind"] == "agree" and "is" in condition:
        return {bool(answer) == condition["is"]}
    if "answered" in condition:
        return {(answer is not None) == condition["answered"]}
    return {True, False} if answer is None else {_passes(condition, answer)}


def _passes(condition: Data, answer: Any) -> bool:
    if "day" in condition:
        return _is_aged(condition, date.fromisoformat(answer), date.fromisoformat(condition["day"]))
    keys = ["other" if isinstance(one, dict) else one for one in (answer if isinstance(answer, list) else [answer])]
    if "contains" in condition:
        return condition["contains"] in keys
    one = len(keys) if isinstance(answer, list) else keys[0].lower() if isinstance(keys[0], str) else keys[0]
    lowered = {op: value.lower() if isinstance(value, str) else value for op, value in condition.items()}
    return (
        ("is" in lowered and one == lowered["is"])
        or ("is_not" in lowered and one != lowered["is_not"])
        or ("in" in lowered and one in [each.lower() if isinstance(each, str) else each for each in lowered["in"]])
        or ("at_least" in lowered and one >= lowered["at_least"])
        or ("at_most" in lowered and one <= lowered["at_most"])
    )


def _is_aged(condition: Data, born: date, day: date) -> bool:
    """Count birthdays one by one."""
    age = 0
    if born > day:
        age = -1
    while age >= 0 and _birthday(born, age + 1) <= (day.year, day.month, day.day):
        age += 1
    least, most = condition.get("aged_at_least"), condition.get("aged_at_most")
    return (least is None or age >= least) and (most is None or age <= most)


def _birthday(born: date, age: int) -> tuple[int, int, int]:
    year = born.year + age
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (year, 3, 1) if (born.month, born.day) == (2, 29) and not leap else (year, born.month, born.day)


def problems(data: Data, answers: Data, places: list[str]) -> set[tuple[str, str, str]]:
    """Section, question and code of all that is wrong."""
    found = set()
    for section, question in rows(data):
        key = question["key"]
        if question["kind"] == "text" or not is_shown(data, answers, key):
            continue
        codes = ["required"] * question["required"] if key not in answers else _wrong(question, answers[key], places)
        found |= {(section["key"], key, code) for code in codes}
    return found


def _wrong(question: Data, answer: Any, places: list[str]) -> list[str]:
    match question["kind"]:
        case "short":
            return ["too-many-characters"] * (len(answer) > question["most"])
        case "file":
            return _files(question, answer)
        case "link":
            return _link(question, answer)
        case "ranking":
            return _ranking(question, answer, places)
    others = {"long": _long, "choice": _choice, "number": _number, "date": _date, "members": _members}
    return others[question["kind"]](question, answer) if question["kind"] in others else []


def _outside(question: Data, count: float, few: str, many: str) -> list[str]:
    least, most = question.get("least"), question.get("most")
    return [few] * (least is not None and count < least) + [many] * (most is not None and count > most)


def _long(question: Data, answer: str) -> list[str]:
    words = len(re.findall("桥|[ab1-]*[ab1][ab1-]*", answer))
    return _outside(question, words, "too-few-words", "too-many-words")


def _choice(question: Data, answer: Any) -> list[str]:
    many = answer if isinstance(answer, list) else [answer]
    return ["other-empty"] * ({"other": ""} in many) + _outside(
        question, len(many), "too-few-chosen", "too-many-chosen"
    )


def _number(question: Data, answer: float) -> list[str]:
    part = ["not-whole"] * (question["whole"] and answer != int(answer))
    return part + _outside(question, answer, "too-small", "too-large")


def _date(question: Data, answer: str) -> list[str]:
    early = "earliest" in question and answer < question["earliest"]
    return ["too-early"] * early + ["too-late"] * ("latest" in question and answer > question["latest"])


def _ranking(question: Data, answer: list[str], places: list[str]) -> list[str]:
    wanted = question | {"least": min(question.get("least", 1), len(places))}
    return (
        ["ranked-twice"] * (len(set(answer)) < len(answer))
        + ["not-on-offer"] * (not set(answer) <= set(places))
        + _outside(wanted, len(answer), "too-few-ranked", "too-many-ranked")
    )


def _members(question: Data, answer: list[Data]) -> list[str]:
    mails = [one["email"].lower() for one in answer]
    return (
        ["member-incomplete"] * any("" in one.values() for one in answer)
        + ["member-email"] * ("broken" in mails)
        + ["member-twice"] * any(mails.count(mail) > 1 for mail in mails if "@" in mail)
        + _outside({"least": 1} | question, len(answer), "too-few-members", "too-many-members")
    )


def _files(question: Data, answer: list[Data]) -> list[str]:
    endings = {"a.pdf": "pdf", "b.JPEG": "jpg", "e.xlsx": "xlsx"}
    return (
        ["file-type"] * any(endings.get(one["name"]) not in question["types"] for one in answer)
        + ["file-empty"] * any(one["bytes"] == 0 for one in answer)
        + ["file-too-large"] * any(one["bytes"] / 1_000_000 > question["megabytes"] for one in answer)
        + ["too-many-files"] * (len(answer) > question["most"])
    )


def _link(question: Data, answer: str) -> list[str]:
    if answer == "http://example.org":
        return ["link-not-https"]
    if answer in {"mailto:a@example.org", "https://", "https://a.cn/x y"}:
        return ["not-a-link"]
    return ["other-host"] * (answer == "https://badexample.org" and "hosts" in question)
