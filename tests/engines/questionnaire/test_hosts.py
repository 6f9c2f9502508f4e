"""A host gets what is meant for it alone: no other answer, no wish, no presence of a question that tells of another."""

from hypothesis import given
from tests.engines.questionnaire.forms import GOOD, Data, asked, everything, filled, the_form

from accord.engines.questionnaire import Kind, read, shown, visible_to_hosts


def test_host_reads_what_is_meant_for_hosts() -> None:
    found = visible_to_hosts(read(everything()), GOOD)

    assert found.answers == {"level": "master", "plan": GOOD["plan"]}
    assert [(one.key, [question.key for question in one.questions]) for one in found.sections] == [
        ("you", ["level"]),
        ("work", ["plan"]),
    ]


def test_answer_to_a_hidden_question_does_not_reach_a_host() -> None:
    found = visible_to_hosts(read(everything()), GOOD | {"level": "bachelor"})

    assert (found.answers, len(found.sections)) == ({"level": "bachelor"}, 1)


def test_question_without_an_answer_shows_and_a_form_that_tells_hosts_nothing_is_empty() -> None:
    form = the_form(asked("it", "short", to_hosts=True), asked("day", "date", to_hosts=True), asked("own", "date"))
    found = visible_to_hosts(form, {"day": "soon", "own": "soon"})

    assert [one.key for one in found.sections[0].questions] == ["it", "day"]
    assert (found.answers, found.unclear) == ({}, ("day",))
    assert visible_to_hosts(the_form(asked("it", "short")), {"it": "x"}).sections == ()


@given(filled())
def test_nothing_that_is_not_meant_for_hosts_changes_what_they_read(case: tuple[Data, Data]) -> None:
    data, answers = case
    form = read(data)
    meant = {one.key for one in form.questions if one.to_hosts}

    seen = visible_to_hosts(form, answers)

    assert seen == visible_to_hosts(form, {key: value for key, value in answers.items() if key in meant})
    assert {one.key for section in seen.sections for one in section.questions} == meant & {
        one.key for section in shown(form, answers).sections for one in section.questions
    }
    assert not {one.kind for section in seen.sections for one in section.questions} & {Kind.MEMBERS, Kind.RANKING}
