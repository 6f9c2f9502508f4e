from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from tests.engines.agreementfile.strategies import agreements

from accord.engines.agreementfile import digest, read, write

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "agreements").glob("*.yaml"))


@settings(max_examples=100, deadline=None)
@given(agreements())
def test_reading_what_was_written_gives_the_same_agreement(agreement):
    reading = read(write(agreement))

    assert reading.errors == ()
    assert reading.agreement == agreement


@settings(max_examples=50, deadline=None)
@given(agreements())
def test_canonical_text_says_the_same_to_another_yaml_reader(agreement):
    """Texts and titles come out of PyYAML's own loader as they went in."""
    loaded = yaml.safe_load(write(agreement))

    assert loaded["agreement"] == agreement.key
    assert [p["key"] for p in loaded["promises"]] == [p.key for p in agreement.promises]
    assert [p["text"].get("en") for p in loaded["promises"]] == [p.text.en for p in agreement.promises]
    assert [p["title"].get("zh-hans") for p in loaded["promises"]] == [p.title.zh_hans for p in agreement.promises]


def test_there_are_two_examples():
    assert [path.stem for path in EXAMPLES] == ["chengdu-cass", "zju-ant"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_canonical_and_without_a_problem(path):
    text = path.read_text(encoding="utf-8")

    reading = read(text)

    assert reading.problems == ()
    assert write(reading.agreement) == text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_promise_of_the_examples_cites_a_paragraph(path):
    agreement = read(path.read_text(encoding="utf-8")).agreement

    paragraphs = [cited.paragraph for promise in agreement.promises for cited in promise.cited]

    assert all(promise.cited for promise in agreement.promises)
    assert all(1 <= paragraph <= 6 for paragraph in paragraphs)


def test_the_zhejiang_example_has_no_figure_and_no_date():
    agreement = read(EXAMPLES[1].read_text(encoding="utf-8")).agreement

    figures = [(p.target, p.due, p.baseline, p.done, p.start) for p in agreement.promises]

    assert set(figures) == {(None, None, None, None, None)}
    assert (agreement.signed.on, agreement.term) == (None, None)


def test_layout_comments_and_quotes_do_not_change_the_digest():
    text = EXAMPLES[0].read_text(encoding="utf-8")
    loose = "# a note\n" + text.replace("target: 300", "target:   300.0").replace("kind: zone", 'kind: "zone"', 1)

    assert digest(read(loose).agreement) == digest(read(text).agreement)
    assert len(digest(read(text).agreement)) == 64


def test_any_value_changes_the_digest():
    agreement = read(EXAMPLES[0].read_text(encoding="utf-8")).agreement

    assert digest(replace(agreement, public=True)) != digest(agreement)


def test_long_lines_are_folded_and_chinese_stays_on_its_line():
    text = write(read(EXAMPLES[0].read_text(encoding="utf-8")).agreement)

    narrow = [line for line in text.splitlines() if line.isascii()]

    assert max(map(len, narrow)) <= 110
    assert "    zh-hans: 预计到 2019 年底前，入驻的金融科技企业将达到约 300 家。\n" in text
