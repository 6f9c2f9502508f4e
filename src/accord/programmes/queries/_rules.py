"""Who may apply: the rules of a call over questions of its form, read, said in words and judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accord.engines import questionnaire
from accord.engines.questionnaire import Fault, Question, Questionnaire, Rule, Verdict, Words
from accord.kernel.text import Bilingual
from accord.programmes.models import Call
from accord.programmes.queries._forms import both, read_form

NO_FORM = Words("The form does not hold together yet. Mend it first.", "申请表尚有问题，须先改正。")


@dataclass(frozen=True, slots=True)
class ReadRules:
    """The rules of a call, or everything that is wrong with them."""

    rules: Sequence[Rule] = field(default_factory=tuple)
    faults: Sequence[Fault] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule as its page tells it: what it asks for, why, and what is told to whom it does not hold for."""

    key: str
    asks: Bilingual
    why: Bilingual
    refusal: Bilingual
    holds: bool | None = None
    words: Bilingual = field(default_factory=Bilingual)


def read_eligibility(rules: Any, form: Questionnaire | None) -> ReadRules:
    """Return the rules of a list over the questions of a form, or all their faults."""
    if not rules:
        return ReadRules()
    if form is None:
        return ReadRules(faults=(Fault("form", "rules", NO_FORM),))
    try:
        return ReadRules(questionnaire.read_rules(rules, form.questions))
    except questionnaire.QuestionnaireRefused as refused:
        return ReadRules(faults=refused.faults)


def rules_of(call: Call, definition: Any) -> Sequence[Rule]:
    """Return the rules of a call over a version of its form; none where they do not hold together."""
    return read_eligibility(call.eligibility, read_form(definition).form).rules


def asked_before(rules: Sequence[Rule]) -> tuple[Question, ...]:
    """Return the questions that the rules look at, each once: what is asked before the form."""
    return tuple({question.key: question for rule in rules for question in rule.questions}.values())


def rules_shown(rules: Sequence[Rule], answers: Mapping[str, Any] | None = None) -> list[RuleShown]:
    """Return the rules in words; with answers also whether each holds."""
    verdicts: Sequence[Verdict | None]
    verdicts = [None] * len(rules) if answers is None else questionnaire.judge(rules, answers)
    return [
        RuleShown(
            key=rule.key,
            asks=both(questionnaire.explain(rule)),
            why=both(rule.words),
            refusal=both(rule.refusal),
            holds=verdict.holds if verdict else None,
            words=both(verdict.words) if verdict else Bilingual(),
        )
        for rule, verdict in zip(rules, verdicts, strict=True)
    ]
