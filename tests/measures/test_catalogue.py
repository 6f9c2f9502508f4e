"""The catalogue of measures says all it must, in both languages, and the printed page is up to date."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools import measures_doc

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import LANGUAGES, Bilingual
from accord.measures.queries import _catalogue, catalogue, measure

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
CONTEXTS = {
    "agreements",
    "campus",
    "contests",
    "learning",
    "programmes",
    "research",
    "standards",
    "workspace",
}
WORDS = ("name", "definition", "unit", "rule", "scheme")
KEYS = {"code", "kind", "dimensions", *WORDS}
OPTIONAL = {"distinct_by", "period"}
PERIODS = {"calendar", "academic", "fiscal"}
ANY_PERIOD = {
    "agreements.events_held": "reported for any span of days; no scheme's year is followed",
    "agreements.event_attendees": "reported for any span of days; no scheme's year is followed",
}
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")


def definitions() -> list[dict[str, Any]]:
    """Return the rows of catalogue.yaml as written."""
    rows: list[dict[str, Any]] = yaml.safe_load(
        files("accord.measures").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    )
    return rows


def by_code(row: dict[str, Any]) -> str:
    """Name a test after the measure."""
    return str(row["code"])


def texts(row: dict[str, Any]) -> list[dict[str, str]]:
    """Return every bilingual text of a row."""
    return [row[key] for key in (*WORDS, "distinct_by") if key in row]


@pytest.mark.parametrize("row", definitions(), ids=by_code)
def test_definition_has_its_keys_and_no_others(row: dict[str, Any]) -> None:
    assert row.keys() - OPTIONAL == KEYS


@pytest.mark.parametrize("row", definitions(), ids=by_code)
def test_every_word_of_a_definition_stands_in_both_languages(row: dict[str, Any]) -> None:
    gaps = [
        text
        for text in texts(row)
        if list(text) != list(LANGUAGES) or not all(isinstance(one, str) and one.strip() for one in text.values())
    ]

    assert gaps == []


@pytest.mark.parametrize("row", definitions(), ids=by_code)
def test_sentences_are_written_in_their_own_language(row: dict[str, Any]) -> None:
    sentences = [row["definition"], row["rule"]]

    assert [text["en"] for text in sentences if HAN.search(text["en"]) or not text["en"].endswith(".")] == []
    assert [text["zh-hans"] for text in sentences if not text["zh-hans"].endswith("。")] == []
    assert [text["zh-hans"] for text in texts(row) if HALF_WIDTH.search(text["zh-hans"])] == []
    assert HAN.search(row["name"]["zh-hans"])


def test_codes_of_the_definitions_are_sorted_and_unique() -> None:
    codes = [row["code"] for row in definitions()]

    assert codes == sorted(set(codes))


def test_catalogue_holds_every_definition_and_is_sorted() -> None:
    codes = list(catalogue())

    assert {row["code"] for row in definitions()} <= set(codes)
    assert codes == sorted(codes)


def test_codes_belong_to_the_known_contexts() -> None:
    strange = [code for code in catalogue() if not re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)*", code)]

    assert strange == []
    assert {one.context for one in catalogue().values()} == CONTEXTS


def test_every_measure_of_the_catalogue_speaks_both_languages() -> None:
    silent = {
        (code, key)
        for code, one in catalogue().items()
        for key in WORDS
        if not (getattr(one, key).en and getattr(one, key).zh_hans)
    }

    assert silent == set()


def test_units_are_short() -> None:
    long = [one.code for one in catalogue().values() if len(one.unit.en) > 20 or len(one.unit.zh_hans) > 6]

    assert long == []


def test_measures_in_per_cent_are_ratios() -> None:
    assert {one.kind for one in catalogue().values() if one.unit.en == "%"} == {Kind.RATIO}


def test_measures_of_money_keep_currencies_apart() -> None:
    money = [one for one in catalogue().values() if one.unit.en == "currency units"]

    assert money != []
    assert [one.code for one in money if "currency" not in one.dimensions] == []
    assert [one.code for one in money if "币种" not in one.rule.zh_hans or "urrencies" not in one.rule.en] == []


def test_flows_have_a_period_or_a_reason_for_none() -> None:
    without = {one.code for one in catalogue().values() if one.kind == Kind.FLOW and not one.period}

    assert without == set(ANY_PERIOD)


def test_only_flows_have_a_period() -> None:
    assert {one.period for one in catalogue().values() if one.kind == Kind.FLOW} <= PERIODS | {""}
    assert [one.code for one in catalogue().values() if one.kind != Kind.FLOW and one.period] == []


def test_dimensions_are_slugs_named_once() -> None:
    for one in catalogue().values():
        assert len(set(one.dimensions)) == len(one.dimensions), one.code
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in one.dimensions), one.code


def test_small_cells_of_the_campus_are_suppressed() -> None:
    campus = [one for one in catalogue().values() if one.context == "campus"]

    assert [one.code for one in campus if "fewer than 5" not in one.rule.en or "少于 5" not in one.rule.zh_hans] == []


def test_defined_measure_carries_what_the_file_says() -> None:
    found = measure("learning.learner_days")

    assert found == Measure(
        code="learning.learner_days",
        name=Bilingual("Learner days", "培训人天"),
        definition=Bilingual(
            "Days of training multiplied by the learners who attended, for people who are already in work.",
            "面向在职人员的培训天数乘以实际到课人数。",
        ),
        unit=Bilingual("learner days", "人天"),
        kind=Kind.FLOW,
        rule=Bilingual(
            "Each learner who attended counts for the length of the session, on its day; a half day counts a half. "
            "Absent learners and full-time students never count.",
            "每名到课学员按课时长度计入上课当日，半天计 0.5；缺课学员和全日制在校生不计。",
        ),
        scheme=Bilingual("HE-BCI table 2", "HE-BCI 表 2"),
        period="academic",
        dimensions=("agreement", "course", "employer", "partner-type"),
    )


def test_stocks_and_ratios_can_fall_and_the_rest_cannot() -> None:
    falls = {code: one.can_fall for code, one in catalogue().items()}

    assert falls["workspace.resident_teams"]
    assert falls["workspace.area_let_share"]
    assert not falls["workspace.graduates"]
    assert not falls["learning.learner_days"]


def test_measure_defined_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    again = {"code": "agreements.events_held", "kind": "flow"}
    monkeypatch.setattr(_catalogue, "_definitions", lambda: [again])

    with pytest.raises(_catalogue.MeasureTwiceError, match=r"agreements\.events_held"):
        catalogue.__wrapped__()


def test_unknown_code_has_no_measure() -> None:
    assert measure("workspace.beanbags") is None


def test_page_is_what_the_tool_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == measures_doc.page(catalogue())


def test_page_shows_each_measure_once_with_its_words() -> None:
    page = measures_doc.page(catalogue())
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}

    assert list(rows) == list(catalogue())
    for code, row in rows.items():
        one = catalogue()[code]
        said = (one.name, one.definition, one.unit, one.rule, one.scheme)
        assert [text for text in said if text.en not in row or text.zh_hans not in row] == [], code
        assert row.count(" | ") == 6
        assert ("yes · 是" in row) == one.is_counted_here
