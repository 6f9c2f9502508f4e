"""The form of a call as the office builds it: parts, order, conditions, versions, and what is refused."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from tests.programmes.scene import ANSWERS, WHILE_OPEN, Scene

from accord.engines import questionnaire
from accord.kernel.refused import Clash
from accord.kernel.text import Bilingual
from accord.programmes import models, operations, queries
from accord.programmes.queries import Line, Lines

pytestmark = pytest.mark.django_db
LABEL = {"en": "Your laptop", "zh-hans": "电脑"}
LABELS = {"label_0": "Your laptop", "label_1": "电脑"}
RULE = {
    "key": "level",
    "condition": {"question": "level", "is": "master"},
    "words": {"en": "Hosts ask for it.", "zh-hans": "接收单位要求。"},
    "refusal": {"en": "It is for masters.", "zh-hans": "面向硕士生。"},
}


def by(scene: Scene) -> dict[str, Any]:
    return {"by": scene.manager.person, "at": WHILE_OPEN}


def keys(scene: Scene) -> list[list[str]]:
    return [[one.key, *(row.key for row in one.rows)] for one in queries.outline_of(queries.working_form(scene.call))]


def add(scene: Scene, version: int = 0, **facts: Any) -> models.FormVersion:
    return operations.put_question(
        call=scene.call,
        section="plan",
        question="",
        facts={"kind": "short", "label": LABEL, **facts},
        version=version,
        **by(scene),
    )


def test_first_change_of_a_published_form_begins_a_draft_and_leaves_it_as_it_is(scene: Scene) -> None:
    draft = add(scene)

    assert (draft.number, draft.published_at) == (2, None)
    assert keys(scene) == [["you", "full-name", "level"], ["plan", "why", "paper", "your-laptop"]]
    assert models.FormVersion.objects.get(pk=scene.form.pk).definition == scene.form.definition
    assert queries.current_form(scene.call) == scene.form


def test_two_who_change_the_draft_at_once_clash(scene: Scene) -> None:
    add(scene)
    add(scene, 1)

    with pytest.raises(Clash):
        add(scene, 1)
    assert keys(scene)[1][-2:] == ["your-laptop", "your-laptop-2"]


def test_parts_move_within_and_between_sections_and_are_removed(scene: Scene) -> None:
    def move(question: str, steps: int, version: int) -> None:
        operations.move_part(call=scene.call, section="", question=question, steps=steps, version=version, **by(scene))

    move("why", 1, 0)
    move("paper", -1, 1)
    assert keys(scene) == [["you", "full-name", "level", "paper"], ["plan", "why"]]
    operations.move_part(call=scene.call, section="plan", question="", steps=-1, version=2, **by(scene))
    assert keys(scene) == [["plan", "why"], ["you", "full-name", "level", "paper"]]
    operations.remove_part(call=scene.call, section="you", question="paper", version=3, **by(scene))
    operations.remove_part(call=scene.call, section="plan", question="", version=4, **by(scene))
    assert keys(scene) == [["you", "full-name", "level"]]
    assert queries.form_draft(scene.call).version == 5  # type: ignore[union-attr]


def test_draft_may_be_faulty_and_says_where_and_is_not_published(scene: Scene) -> None:
    draft = operations.move_part(call=scene.call, section="you", question="level", steps=1, version=0, **by(scene))
    draft = add(scene, draft.version, show_if={"question": "nothing", "is": "x"})

    rows = queries.outline_of(queries.working_form(scene.call))[1].rows
    assert [len(row.faults) for row in rows] == [0, 0, 0, 1]
    with pytest.raises(operations.FormFaulty) as refused:
        operations.publish_form(form=draft, **by(scene))
    assert [one.where for one in refused.value.detail["faults"]] == ["sections[1].questions[3].show_if.question"]


def test_published_version_is_new_and_loses_no_answer(scene: Scene) -> None:
    draft = add(scene)
    assert [str(one.words.en) for one in queries.working_form(scene.call).new] != []

    new = operations.publish_form(form=draft, **by(scene))

    assert queries.current_form(scene.call) == new
    assert operations.publish_form(form=new, **by(scene)).version == new.version
    old, fresh = (questionnaire.read(one.definition) for one in (scene.form, new))
    assert questionnaire.carry(old, fresh, ANSWERS).answers == ANSWERS
    assert new.digest == questionnaire.digest(fresh)


def test_version_that_asks_the_same_is_not_published_and_can_be_discarded(scene: Scene) -> None:
    definition = deepcopy(scene.form.definition)
    draft = operations.keep_form(call=scene.call, definition=definition, version=0, **by(scene))

    with pytest.raises(operations.FormSame):
        operations.publish_form(form=draft, **by(scene))
    operations.discard_form(form=draft, **by(scene))
    assert queries.working_form(scene.call).draft is None
    with pytest.raises(operations.FormPublished):
        operations.discard_form(form=scene.form, **by(scene))


def test_version_without_a_question_of_a_rule_is_refused(scene: Scene) -> None:
    models.Call.objects.filter(pk=scene.call.pk).update(eligibility=[RULE])
    draft = operations.remove_part(call=scene.call, section="you", question="level", version=0, **by(scene))

    with pytest.raises(operations.FormFaulty, match="Rules of who may apply"):
        operations.publish_form(form=draft, **by(scene))


def test_what_is_no_form_is_refused(scene: Scene) -> None:
    shapeless: list[Any] = [{}, {"sections": "no"}, {"sections": [{"questions": ["no"]}]}]
    for definition in shapeless:
        with pytest.raises(operations.FormShapeless):
            operations.keep_form(call=scene.call, definition=definition, version=0, **by(scene))


def test_lines_and_conditions_say_the_same_both_ways(scene: Scene) -> None:
    questions = queries.sound_questions(scene.form.definition)
    day = date(2019, 9, 1)
    offered = [code for _label, lines in queries.lines_on_offer(questions) for code, _words in lines]
    assert "level|is|master" in offered
    assert "why|answered|true" in offered

    for chosen, any_of in ((("level|is|master",), False), (("level|is|master", "why|answered|true"), True)):
        lines = Lines(tuple(Line(code) for code in chosen), is_any=any_of)
        condition = queries.condition_of(lines, questions, day)
        assert queries.lines_in(condition) == lines
    nested = {"not": {"question": "level", "is": "master"}}
    assert (queries.lines_in(nested), queries.lines_in(None)) == (None, Lines(()))


def test_ages_and_numbers_are_typed_beside(scene: Scene) -> None:
    del scene
    form = questionnaire.read(
        {
            "sections": [
                {
                    "key": "s",
                    "title": LABEL,
                    "questions": [
                        {"key": "born", "kind": "date", "label": LABEL},
                        {"key": "months", "kind": "number", "label": LABEL},
                    ],
                }
            ]
        }
    )
    lines = Lines((Line("born|aged_at_least|?", "18"), Line("months|at_least|?", "1,000.5")))

    condition = queries.condition_of(lines, form.questions, date(2019, 9, 1))

    assert condition == {
        "all": [
            {"question": "born", "aged_at_least": 18, "day": "2019-09-01"},
            {"question": "months", "at_least": 1000.5},
        ]
    }
    rule = RULE | {"condition": condition}
    assert queries.read_eligibility([rule], form).faults == ()


OFFICE = "/programmes/summer/2019/office/form/"


def test_question_is_added_by_page_with_options_and_condition(scene: Scene) -> None:
    sent = {
        **LABELS,
        "version": "0",
        "options": "Windows | 微软\nMac ｜ 苹果",
        "several": "on",
        "mode": "all",
        "test_1": "level|is|master",
    }

    answer = scene.manager.client.post(f"{OFFICE}sections/plan/new/choice/", sent)

    assert answer.status_code == 302
    draft = queries.form_draft(scene.call)
    assert draft is not None
    assert draft.definition["sections"][1]["questions"][-1] == {
        "key": "your-laptop",
        "kind": "choice",
        "label": LABEL,
        "required": False,
        "options": [
            {"key": "windows", "label": {"en": "Windows", "zh-hans": "微软"}},
            {"key": "mac", "label": {"en": "Mac", "zh-hans": "苹果"}},
        ],
        "several": True,
        "show_if": {"question": "level", "is": "master"},
    }
    assert queries.read_form(draft.definition).faults == ()


def test_option_whose_words_are_mended_in_one_language_keeps_its_key(scene: Scene) -> None:
    sent = {"label_0": "Level", "label_1": "学位", "required": "on", "version": "0", "mode": "always"}
    sent["options"] = "Bachelor’s degree | 学士\nDoctorate | 博士"

    answer = scene.manager.client.post(f"{OFFICE}questions/level/", sent)

    assert answer.status_code == 302
    options = queries.form_draft(scene.call).definition["sections"][0]["questions"][1]["options"]  # type: ignore[union-attr]
    assert [one["key"] for one in options] == ["bachelor", "doctorate"]


WRONG: list[tuple[str, Any, str]] = [
    ("new/", {"title_0": "Only English"}, "Write it in both languages"),
    ("sections/plan/new/choice/", {**LABELS, "options": "One side"}, "Line 1: write both languages"),
    ("sections/plan/new/short/", {**LABELS, "mode": "all"}, "Choose at least one condition"),
    ("sections/plan/new/short/", {**LABELS, "version": "9", "mode": "always"}, "This draft was published"),
]


def test_wrong_part_comes_back_with_what_was_typed(scene: Scene) -> None:
    for path, sent, words in WRONG:
        answer = scene.manager.client.post(f"{OFFICE}{path}", sent)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert queries.form_draft(scene.call) is None


def test_unknown_parts_are_not_there(scene: Scene) -> None:
    client = scene.manager.client
    paths = ("sections/none/", "questions/none/", "sections/plan/new/poem/", "versions/7/")

    assert [client.get(f"{OFFICE}{path}").status_code for path in paths] == [404] * 4


def test_form_is_kept_for_other_calls_of_the_house(scene: Scene) -> None:
    client = scene.manager.client
    client.post(f"{OFFICE}save/", {"name_0": "Ours"})
    kept = models.SavedForm.objects.get()

    assert (str(kept.name), kept.definition) == ("Ours", scene.form.definition)
    answer = client.post(f"{OFFICE}begin/", {"form": "venture", "version": "0"})
    assert answer.status_code == 302
    assert keys(scene)[0][0] == "team"
    client.post(f"{OFFICE}begin/", {"form": f"saved-{kept.pk}", "version": "1"})
    assert keys(scene) == [["you", "full-name", "level"], ["plan", "why", "paper"]]


def test_preview_shows_every_kind_of_question(scene: Scene) -> None:
    questions = [
        {"key": f"q-{kind}", "kind": kind, "label": {"en": f"Ask {kind}", "zh-hans": kind}, **more}
        for kind, more in (
            ("short", {}),
            ("long", {}),
            ("choice", {"options": [{"key": "a", "label": LABEL}], "other": True}),
            ("number", {"unit": LABEL}),
            ("date", {}),
            ("file", {}),
            ("link", {}),
            ("ranking", {"from": "places"}),
            ("members", {}),
            ("agree", {}),
            ("text", {}),
        )
    ]
    definition = {"sections": [{"key": "all", "title": LABEL, "questions": questions}]}
    operations.keep_form(call=scene.call, definition=definition, version=0, **by(scene))

    page = scene.manager.client.get(f"{OFFICE}preview/")

    assert page.status_code == 200
    assert [f"Ask {one['kind']}" in page.text for one in questions] == [True] * len(questions)
    assert str(Bilingual.of(LABEL)) in page.text
