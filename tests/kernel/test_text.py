"""Bilingual text: the reader's side, or the other one and an honest mark."""

import pytest
from django.utils.translation import override

from accord.kernel.text import Bilingual, BilingualField

BOTH, ENGLISH, CHINESE, NONE = Bilingual("Lab", "实验室"), Bilingual("Lab"), Bilingual("", "实验室"), Bilingual()


@pytest.mark.parametrize(
    ("text", "language", "shown", "in_language", "missing"),
    [
        (BOTH, "en", "Lab", "en", False),
        (BOTH, "zh-hans", "实验室", "zh-hans", False),
        (BOTH, "zh-cn", "实验室", "zh-hans", False),
        (BOTH, "fr", "Lab", "en", False),
        (ENGLISH, "zh-hans", "Lab", "en", True),
        (CHINESE, "en", "实验室", "zh-hans", True),
        (NONE, "zh-hans", "", "zh-hans", False),
    ],
)
def test_reader_gets_their_side_or_the_other_with_its_language(
    text: Bilingual, language: str, shown: str, in_language: str, missing: bool
) -> None:
    with override(language):
        assert (str(text), text.language_for(), text.is_missing()) == (shown, in_language, missing)
    assert (text.language_for(language), text.is_missing(language)) == (in_language, missing)


def test_text_is_true_when_either_side_is_there() -> None:
    assert [bool(one) for one in (BOTH, ENGLISH, CHINESE, NONE)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"en": "Lab", "zh-hans": "实验室"}, BOTH),
        ({"zh-hans": "实验室"}, CHINESE),
        ("Lab", ENGLISH),
        (None, NONE),
        (BOTH, BOTH),
        ({"fr": "Labo"}, NONE),
    ],
)
def test_text_is_made_of_what_is_given(value: object, text: Bilingual) -> None:
    assert Bilingual.of(value) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [BOTH, ENGLISH, CHINESE, NONE])
def test_mapping_has_only_the_sides_that_are_there_and_leads_back(text: Bilingual) -> None:
    assert Bilingual.of(text.as_dict()) == text
    assert all(text.as_dict().values())


def test_field_reads_what_it_is_given_and_starts_empty() -> None:
    field = BilingualField()

    assert [field.to_python(value) for value in ({"en": "Lab"}, "Lab", None)] == [ENGLISH, ENGLISH, None]
    assert field.get_default() == NONE
