"""A blind reviewer gets nothing that tells who applies: not an answer, not a file's name, not the presence of a question."""

from hypothesis import given
from tests.engines.questionnaire.forms import GOOD, Data, asked, everything, filled, the_form

from accord.engines.questionnaire import Kind, carry, read, visible_to_reviewers


def test_open_reviewer_reads_every_shown_question() -> None:
    found = visible_to_reviewers(read(everything()), GOOD, blind=False)

    assert [question.key for question, _ in found] == [*GOOD]
    assert {question.key: value for question, value in found} == GOOD


def test_blind_reviewer_reads_neither_names_nor_names_of_files() -> None:
    found = visible_to_reviewers(read(everything()), GOOD, blind=True)

    assert {question.key for question, _ in found}.isdisjoint({"name", "born", "team"})
    values = {question.key: value for question, value in found}
    assert values["cv"] == [{"name": "cv-1.pdf", "bytes": 1000}]
    assert values["plan"] == GOOD["plan"]


def test_name_hidden_in_the_end_of_a_file_name_is_gone_too() -> None:
    form = the_form(asked("cv", "file", types=["pdf", "jpg"], most=3))
    names = ["Li Na.pdf", "cv.Li Na", "LiNa", "x.JPEG"]

    found = visible_to_reviewers(form, {"cv": [{"name": name, "bytes": 1, "ref": 4} for name in names]}, blind=True)

    assert [file["name"] for file in found[0][1]] == ["cv-1.pdf", "cv-2", "cv-3", "cv-4.jpeg"]  # type: ignore[index, union-attr]
    assert [file["ref"] for file in found[0][1]] == [4, 4, 4, 4]  # type: ignore[index, union-attr]


def test_question_without_an_answer_is_shown_without_one() -> None:
    assert [value for _, value in visible_to_reviewers(the_form(asked("it", "short")), {}, blind=True)] == [None]


@given(filled())
def test_planted_names_never_reach_a_blind_reviewer(case: tuple[Data, Data]) -> None:
    data, answers = case
    form = read(data)
    telling = {one.key for one in form.questions if one.identity}
    without = {key: value for key, value in answers.items() if key not in telling}

    seen = visible_to_reviewers(form, answers, blind=True)

    assert all(not question.identity for question, _ in seen)
    assert seen == visible_to_reviewers(form, without, blind=True)
    assert all(question.kind is not Kind.MEMBERS for question, _ in seen)
    assert carry(form, form, answers).gone == ()
