"""Terms of Latin, Chinese and mixed text."""

import pytest

from accord.engines.affinity import Document, affinity
from accord.engines.affinity._terms import terms, text_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soil and WATER, soil-water!", ["soil", "and", "water", "soil", "water"]),
        ("a b2 x_y", ["b2"]),
        ("Straße ＡＢＣ ﬁeld", ["strasse", "abc", "field"]),
        ("水质模型", ["水质", "质模", "模型"]),
        ("水，土", ["水", "土"]),
        ("基于AI的水质model研究", ["基于", "ai", "的水", "水质", "model", "研究"]),
        ("ｶﾞｽ 한국어", ["ガス", "한국", "국어"]),
        ("𠀀𠀁", ["𠀀𠀁"]),
        ("Пример текста", ["пример", "текста"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_text_gives_words_and_bigrams(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_no_term_reaches_from_title_to_abstract() -> None:
    assert terms(text_of(Document("水", "质"))) == ["水", "质"]


def test_chinese_submission_meets_the_chinese_profile() -> None:
    found = affinity(
        {"s": Document("城市河流水质预测", "基于图神经网络的水质模型")},
        {"water": ["长江水质的预测模型研究", "Deep learning for rivers"], "law": ["国际法中的条约解释", "Treaty law"]},
    )

    assert found.matrix is not None
    assert found.matrix[0, found.reviewers.index("water")] > 5 * found.matrix[0, found.reviewers.index("law")]
    assert {one.term for one in found.why("s", "water").terms} >= {"水质", "预测", "模型"}
