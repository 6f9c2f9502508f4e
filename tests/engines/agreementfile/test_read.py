from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.engines.agreementfile import Bilingual, Reading, Severity, StatedDate, read, read_bytes

EXAMPLE = (Path(__file__).parents[3] / "examples" / "agreements" / "chengdu-cass.yaml").read_text(encoding="utf-8")


def codes(text, **arguments):
    return [problem.code for problem in read(text, **arguments).problems]


def test_figures_of_the_first_announcement_are_read_exactly():
    agreement = read(EXAMPLE).agreement
    teams, people, area = agreement.promises[:3]
    center, office = agreement.promises[-2:]

    assert (teams.target, teams.about, teams.due) == (Decimal(300), True, date(2019, 12, 31))
    assert (teams.baseline.amount, teams.baseline.on) == (Decimal(102), date(2019, 7, 9))
    assert (people.target, area.target, area.about) == (Decimal(10_000), Decimal(100_000), False)
    assert center.done.on == StatedDate(2019, 3, 7)
    assert (office.done.on, str(office.done.on)) == (StatedDate(2018, 6), "2018-06")
    assert [fact.on for fact in agreement.facts] == [StatedDate(2010), StatedDate(2018, 3), None]


def test_start_without_a_date_is_the_day_of_signing():
    agreement = read(EXAMPLE).agreement

    assert agreement.start_of(agreement.promises[0]) == date(2019, 6, 22)


def test_beneficiaries_may_be_parties_or_a_text():
    promises = {promise.key: promise for promise in read(EXAMPLE).agreement.promises}

    assert (promises["exchange-to-london"].to, promises["exchange-to-london"].to_others) == (("cass",), None)
    assert promises["london-office"].to == ()
    assert promises["london-office"].to_others == Bilingual("Partners in London", "伦敦的合作伙伴")


def test_amendments_keep_the_original_and_give_the_current_values():
    amended = EXAMPLE.replace(
        "    cited: {source: announcement, paragraph: 3}\n",
        "    cited: {source: announcement, paragraph: 3}\n    amendments:\n"
        "      - {agreed: 2019-11-01, target: 280, why: {en: Late., zh-hans: 延期。}}\n"
        "      - {agreed: 2019-12-01, due: 2020-01-31, why: {en: Later., zh-hans: 再延期。}}\n",
        1,
    )

    promise = read(amended).agreement.promises[0]

    assert (promise.target, promise.due) == (Decimal(300), date(2019, 12, 31))
    assert (promise.current_target, promise.current_due) == (Decimal(280), date(2020, 1, 31))


def test_windows_line_ends_change_nothing():
    assert read(EXAMPLE.replace("\n", "\r\n")) == read(EXAMPLE)


def test_a_byte_order_mark_is_read_over_with_a_warning():
    reading = read_bytes(b"\xef\xbb\xbf" + EXAMPLE.encode())

    assert [(p.code, p.severity) for p in reading.problems] == [("byte-order-mark", Severity.WARNING)]
    assert reading.agreement == read(EXAMPLE).agreement


def test_a_file_over_one_mebibyte_is_refused_unread():
    assert codes(EXAMPLE + "#" * 1024 * 1024) == ["too-large"]


def test_a_file_just_under_one_mebibyte_is_read():
    room = 1024 * 1024 - len(EXAMPLE.encode())

    assert read(EXAMPLE + "#" * room).agreement is not None


def test_empty_files_are_named_as_such():
    assert codes("") == codes("\n\n# only a comment\n") == ["empty-file"]


def test_deep_nesting_ends_at_the_thirteenth_level():
    assert "too-deep" in codes("a: " + "[" * 100_000)
    assert "too-deep" not in codes("a: " + "[" * 11 + "]" * 11)


def test_too_many_values_end_the_reading():
    assert "too-many-nodes" in codes("a: [" + "x, " * 60_000 + "x]")


def test_problems_of_one_file_are_limited():
    assert len(codes("\x00" * 500_000)) == 1000


def test_utf16_is_told_from_its_first_byte():
    problem = read_bytes(EXAMPLE.encode("utf-16")).problems[0]

    assert (problem.line, problem.column, problem.code) == (1, 1, "not-utf8")


def test_measures_are_checked_only_against_a_given_list():
    known = {promise.measure for promise in read(EXAMPLE).agreement.promises} - {None}

    assert codes(EXAMPLE, measures=None) == []
    assert codes(EXAMPLE, measures=known) == []
    assert codes(EXAMPLE, measures=known - {"research.licences"}) == ["unknown-measure"]


def test_warnings_do_not_keep_the_file_out():
    reading = read(EXAMPLE.replace("    at: {en: London, zh-hans: 伦敦}", "").replace(", zh-hans: 伦敦}", "}", 1))

    assert [problem.code for problem in reading.warnings] == ["missing-language"]
    assert reading.agreement is not None


def test_a_day_after_the_source_came_out_cannot_be_stated_by_it():
    assert codes(EXAMPLE.replace("on: 2018-06,", "on: 2019-08,")) == ["stated-too-late"]
    assert codes(EXAMPLE.replace("on: 2018-06,", "on: 2019-07,")) == []


def test_faults_below_a_broken_line_are_reported_too():
    broken = EXAMPLE.replace("short: Cass", 'short: "Cass').replace("target: 10000\n", "target: 1e4\n")

    problems = read(broken).problems

    assert [problem.code for problem in problems] == ["unclosed-quote", "number-form"]
    assert problems[1].where == "promises[1].target"


def sound(reading: Reading, text: str) -> bool:
    """Whether a reading keeps its word: an agreement or an error, and every place inside the file."""
    last = text.count("\n") + 1
    return (reading.agreement is None) == bool(reading.errors) and all(
        1 <= problem.line <= last + 1 and problem.column >= 1 and problem.what and problem.advice
        for problem in reading.problems
    )


@settings(max_examples=120, deadline=None)
@given(st.text())
def test_no_text_makes_the_reader_fail(text):
    assert sound(read(text), text)


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_no_bytes_make_the_reader_fail(data):
    assert sound(read_bytes(data), data.decode("utf-8", "replace"))


PIECES = st.sampled_from(
    [
        ":",
        "- ",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "\t",
        "  ",
        "\n",
        "&a ",
        "*a",
        "!!x ",
        "#",
        "|",
        ">-\n",
        "? ",
        "---\n",
        "...",
        "%",
        "\\",
        "\x00",
        "~",
        "on: ",
        "1e3",
        "é",
        "\ud800",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(EXAMPLE)), st.integers(0, 40), PIECES), min_size=1, max_size=4))
def test_no_damage_to_a_good_file_makes_the_reader_fail(damages):
    text = EXAMPLE
    for place, length, piece in damages:
        text = text[:place] + piece + text[place + length :]

    assert sound(read(text, measures={"research.licences"}), text)
