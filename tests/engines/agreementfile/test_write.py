from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from tests.engines.agreementfile.strategies import agreements

from accord.engines.agreementfile import (
    Bilingual,
    Clause,
    ClauseAmendment,
    ClauseType,
    IpMode,
    Terminated,
    digest,
    read,
    write,
)

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


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (EXAMPLES[0], "e9915f74ee112e3fbd14245f3714dde16cd32d87d73401b34558955e4b1ca2ae"),
        (EXAMPLES[1], "d6991fa8e4788a926c38edc4f2032fa5031d993813f7c60c2f1efb4231de31a0"),
    ],
)
def test_what_the_format_learnt_since_leaves_the_digests_of_older_files_alone(path, expected):
    """Parties approved these digests; a new key of the format must not change them."""
    assert digest(read(path.read_text(encoding="utf-8")).agreement) == expected


def test_clauses_and_the_end_stand_in_the_canonical_text_at_their_place():
    lease = Clause(
        "results",
        ClauseType.FOREGROUND_IP,
        Bilingual("Results", "成果"),
        Bilingual("Each party owns what it makes.\nBoth may use it.", "各方拥有各自的成果。"),
        IpMode.EACH_OWNS_OWN,
        (
            ClauseAmendment(
                date(2020, 1, 1), Bilingual("Both own it.", "双方共有。"), Bilingual("Joint work.", "共同研发。")
            ),
        ),
    )
    agreement = replace(
        read(EXAMPLES[0].read_text(encoding="utf-8")).agreement,
        clauses=(lease,),
        notice_days=90,
        renews="earlier",
        terminated=Terminated(date(2020, 2, 1), Bilingual("The building was sold.", "楼宇已出售。")),
    )

    text = write(agreement)

    assert (
        """
notice-days: 90
renews: earlier
terminated:
  on: 2020-02-01
  why: {en: The building was sold., zh-hans: 楼宇已出售。}
parties:
"""
        in text
    )
    assert (
        """
clauses:
  - key: results
    type: foreground-ip
    ip-mode: each-owns-own
    title: {en: Results, zh-hans: 成果}
    text:
      en: |-
        Each party owns what it makes.
        Both may use it.
      zh-hans: 各方拥有各自的成果。
    amendments:
      - agreed: 2020-01-01
        text: {en: Both own it., zh-hans: 双方共有。}
        why: {en: Joint work., zh-hans: 共同研发。}
facts:
"""
        in text
    )
    assert read(text).agreement == agreement
    assert lease.current_text == Bilingual("Both own it.", "双方共有。")


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
