"""Who may apply: rules over answers, judged before the form or within it, and shown as a page."""

from collections.abc import Mapping, Sequence

from accord.engines.questionnaire._clean import clean_one
from accord.engines.questionnaire._conditions import Scope, condition_at
from accord.engines.questionnaire._format import MOST_RULES
from accord.engines.questionnaire._logic import holds, looked_at
from accord.engines.questionnaire._phrases import describe, filled, joined, quoted
from accord.engines.questionnaire._shape import Faults, entries_at, join, key_at, mapping_at, needs, only, words_at
from accord.engines.questionnaire._shown import shown
from accord.engines.questionnaire._write import condition_data
from accord.engines.questionnaire.refusals import QuestionnaireRefused
from accord.engines.questionnaire.types import Json, Problem, Question, Questionnaire, Rule, Verdict, Words

_KEYS = ("key", "condition", "words", "refusal")
_OPEN = Words("Not answered yet: {questions}.", "尚未作答：{questions}。")


def read_rules(data: object, asked: Questionnaire | Sequence[Question]) -> tuple[Rule, ...]:
    """Will return the rules of a list, over a questionnaire or over facts; refuses with every fault at once.

    Facts are questions too: what is known or asked before the form. Of a questionnaire, hidden answers do not count.
    """
    among = asked if isinstance(asked, Questionnaire) else None
    questions = {one.key: one for one in (asked.questions if isinstance(asked, Questionnaire) else asked)}
    scope = Scope(questions, frozenset(questions))
    faults, seen = Faults(), set[str]()
    rules = []
    for at, entry in enumerate(entries_at(data, "rules", faults, 0, MOST_RULES)):
        rule = _rule(entry, f"rules[{at}]", faults, scope, among)
        if rule and rule.key in seen:
            faults.add("repeated-key", f"rules[{at}].key", key=rule.key)
        if rule:
            rules.append(rule)
            seen.add(rule.key)
    if faults.found:
        raise QuestionnaireRefused(tuple(faults.found))
    return tuple(rules)


def _rule(value: object, where: str, faults: Faults, scope: Scope, among: Questionnaire | None) -> Rule | None:
    found = mapping_at(value, where, faults)
    if found is None:
        return None
    only(found, where, faults, _KEYS)
    needs(found, where, faults, _KEYS)
    key = key_at(found["key"], join(where, "key"), faults) if "key" in found else None
    condition = (
        condition_at(found["condition"], join(where, "condition"), faults, scope) if "condition" in found else None
    )
    words, refusal = (
        words_at(found[name], join(where, name), faults) if name in found else None for name in ("words", "refusal")
    )
    if not (key and condition and words and refusal):
        return None
    names = set(looked_at(condition))
    questions = tuple(one for name, one in scope.earlier.items() if name in names and one)
    return Rule(key, condition, words, refusal, questions, among)


def rules_data(rules: Sequence[Rule]) -> list[Json]:
    """Return rules as JSON holds them, as `read_rules` takes them."""
    return [
        {
            "key": rule.key,
            "condition": condition_data(rule.condition),
            "words": {**rule.words.as_dict()},
            "refusal": {**rule.refusal.as_dict()},
        }
        for rule in rules
    ]


def judge(rules: Sequence[Rule], answers: Mapping[str, object]) -> tuple[Verdict, ...]:
    """Will say of each rule whether it holds; None while an answer that decides it is not there."""
    return tuple(_verdict(rule, _counted(rule, answers)) for rule in rules)


def _counted(rule: Rule, answers: Mapping[str, object]) -> Mapping[str, Json]:
    if rule.among is not None:
        return shown(rule.among, answers).answers
    cleaned = {one.key: clean_one(one, answers.get(one.key)) for one in rule.questions}
    return {key: value for key, value in cleaned.items() if value is not None and not isinstance(value, Problem)}


def _verdict(rule: Rule, answers: Mapping[str, Json]) -> Verdict:
    found = holds(rule.condition, answers)
    if found is not None:
        return Verdict(rule, found, rule.words if found else rule.refusal)
    still_open = joined((quoted(one.label) for one in rule.questions if one.key not in answers), ", ", "、")
    return Verdict(rule, None, filled(_OPEN, questions=still_open))


def explain(rule: Rule) -> Words:
    """Return what a rule asks for as a sentence, made from its condition, so that it can never say anything else."""
    words = describe(rule.condition, rule.questions)
    return Words(f"{words.en}.", f"{words.zh_hans}。")
