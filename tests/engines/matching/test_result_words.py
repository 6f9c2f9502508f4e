"""Texts about results stand in both languages, with the same placeholders."""

from string import Formatter

import pytest
from tests.engines.matching.results import LOTTERY, clinic, fair, swapped

from accord.engines.matching import (
    Breach,
    Cause,
    Choice,
    Code,
    Mechanism,
    Programme,
    Proofness,
    block_words,
    certificate_words,
    check,
    fault_words,
    market_from_records,
    match,
)
from accord.engines.matching import _certificate_words as certificate_texts
from accord.engines.matching import _words as texts

TABLES = {
    "verdicts": texts.VERDICTS,
    "results": texts.RESULTS,
    "why": certificate_texts.WHY,
    "faults": certificate_texts.FAULTS,
    "lines": certificate_texts.LINES,
    "blocks": certificate_texts.BLOCKS,
    "names": certificate_texts.NAMES,
}
PAIRS = [(table, key) for table, rows in TABLES.items() for key in rows]


def placeholders(text: str) -> set[str]:
    # Which word stands for the choice, and where a sentence begins, is each language's own affair.
    own = {"ordinal": "choice", "Taken": "taken"}
    return {own.get(name, name) for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("table", "key"), PAIRS)
def test_both_languages_say_the_same(table: str, key: str) -> None:
    english, chinese = TABLES[table][key]

    assert placeholders(english) - {"programme", "node"} == placeholders(chinese) - {"programme", "node"}
    assert english.isascii()
    assert any("一" <= letter <= "鿿" for letter in chinese)


def test_every_code_has_words() -> None:
    assert {key.split(".")[0] for key in texts.VERDICTS} == {code.value for code in Code}
    assert set(certificate_texts.FAULTS) == set(Breach)
    assert set(certificate_texts.WHY) == set(Proofness)
    assert set(certificate_texts.BLOCKS) == set(Cause)
    assert set(certificate_texts.NAMES) == set(Mechanism)


@pytest.mark.parametrize(
    ("choice", "word"),
    [(1, "first"), (10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (23, "23rd")],
)
def test_choice_numbers_become_words(choice: int, word: str) -> None:
    assert texts.ordinal(choice) == word


def test_draws_are_shown_with_as_few_digits_as_tell_them_apart() -> None:
    assert texts.draws_apart(2**63, 2**62) == ("0.5000", "0.2500")
    assert texts.draws_apart(2**63, 2**63 + 2**40) == ("0.50000000", "0.50000005")


def test_sound_certificate_in_words() -> None:
    market = clinic()

    told = certificate_words(check(market, fair(market)), "en").split("\n")

    assert told[:4] == [
        "Everything that this way of placing promises holds.",
        "Fair match: 3 of 4 people have a place.",
        "By choice: 2 at number 1, 1 at number 2. Mean choice: 1.33.",
        "Stable: nobody can point to a place given to somebody with a weaker claim.",
    ]


def test_bad_certificate_names_pairs_and_faults() -> None:
    market = clinic()
    certificate = check(market, swapped(fair(market), market, "bob", "dee"))

    assert not certificate.sound
    assert "must not be published" in certificate_words(certificate, "en")
    assert "不应公布" in certificate_words(certificate, "zh-hans")
    assert block_words(certificate.blocking[0], "en") == (
        "bob would rather have A, where somebody with a weaker claim has a place."
    )


def test_faults_name_their_ids() -> None:
    market = market_from_records([Choice("ann", "A", 1)], [Programme("A", 1)])
    other = clinic()
    certificate = check(market, match(other, lottery=LOTTERY))

    assert [fault_words(certificate, number, "en") for number in range(len(certificate.faults))] == [
        "The outcome cannot be read: edge"
    ]
