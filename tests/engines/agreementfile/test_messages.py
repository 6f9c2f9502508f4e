from __future__ import annotations

import re
import string

import pytest

from accord.engines.agreementfile import Problem, read, render
from accord.engines.agreementfile._compare import _WORDS
from accord.engines.agreementfile._messages import MESSAGES, words_of

CJK = re.compile("[\u4e00-\u9fff]")
ASIDE = re.compile(r"\b(please|sorry|oops|invalid)\b", re.IGNORECASE)


def holes(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_say_what_and_how_with_the_same_figures(code):
    en, zh = MESSAGES[code].en, MESSAGES[code].zh

    assert en.what.endswith((".", "?"))
    assert CJK.search(zh.what)
    assert CJK.search(zh.advice)
    assert bool(en.near) == bool(zh.near)
    assert [holes(part) for part in (en.what, en.near)] == [holes(part) for part in (zh.what, zh.near)]
    assert holes(en.advice) == holes(zh.advice)


@pytest.mark.parametrize("code", MESSAGES)
def test_words_are_plain(code):
    en = MESSAGES[code].en

    assert not ASIDE.search(en.what + en.advice + en.near)
    assert not CJK.search(en.what + en.advice)


def test_a_problem_can_be_rendered_again_in_either_language():
    problem = read("accord: 1\nagreement: River\n").problems[-1]

    assert isinstance(problem, Problem)
    assert (render(problem).what, render(problem).advice) == (problem.what, problem.advice)
    assert render(problem, "zh-hans").what == "`River` 不能作为键。"
    assert render(problem, "zh-hans").advice == "使用小写字母、数字和单个连字符：`river`。"


def test_terms_are_put_into_the_language():
    params = {"key": "due", "kind": "target"}

    assert words_of("needed-for-kind", params, "en")[0] == "A target promise needs `due`."
    assert words_of("needed-for-kind", params, "zh-hans")[0] == "目标承诺需要 `due`。"


def test_braces_in_a_value_do_no_harm():
    assert read('accord: "{0}"\n').problems[-1].what == "Version `{0}` of the format is not known here."


def test_refusals_exist_in_both_languages():
    assert all(CJK.search(chinese) and not CJK.search(english) for english, chinese in _WORDS.values())
