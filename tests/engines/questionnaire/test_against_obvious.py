"""What is shown and what is wrong, as the slow way has it, on random forms."""

from hypothesis import given
from tests.engines.questionnaire import obvious
from tests.engines.questionnaire.forms import PLACES, Data, filled

from accord.engines.questionnaire import check, read, shown


@given(filled())
def test_same_questions_are_shown_the_slow_way(case: tuple[Data, Data]) -> None:
    data, answers = case

    seen = shown(read(data), answers)

    keys = [question.key for section in seen.sections for question in section.questions]
    assert keys == [one["key"] for _, one in obvious.rows(data) if obvious.is_shown(data, answers, one["key"])]
    assert seen.answers == {key: answers[key] for key in keys if key in answers}
    assert seen.unclear == ()


@given(filled())
def test_same_is_wrong_the_slow_way(case: tuple[Data, Data]) -> None:
    data, answers = case

    found = check(read(data), answers, sources={"places": PLACES})

    assert {(one.section, one.question, one.code) for one in found} == obvious.problems(data, answers, PLACES)
