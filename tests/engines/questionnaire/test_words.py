"""Words are counted as writers of both languages expect it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.engines.questionnaire import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("one", 1),
        ("one two\nthree", 3),
        ("well-known, don't: 3.5 a@b.cn", 4),
        ("and — or … yes–no", 4),
        ("- * … ， 。", 0),
        ("中文", 2),
        ("我爱Python编程", 5),
        ("用Python 3.11编程。", 5),
        ("他说“yes”，然后走了。", 7),
        ("苹果，apple；pear，梨", 5),
        ("ＡＢＣ　１２", 2),
        ("〇二〇年", 4),
        ("カタカナ", 4),
        ("한국어 글", 2),
        ("naïve café", 2),
        ("𠀀𠀁", 2),
        ("a\u200bb", 2),
        ("😀 😀", 0),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.lists(st.text("abz09", min_size=1, max_size=4), max_size=8), st.text("桥城市", max_size=8))
def test_mixed_text_has_the_words_of_both(words: list[str], characters: str) -> None:
    mixed = list(words)
    for at, character in enumerate(characters):
        mixed.insert(at * 2 % (len(mixed) + 1), character)

    assert count_words(" ".join(mixed)) == len(words) + len(characters)
    assert count_words(" ".join(words) + characters) == len(words) + len(characters)


@given(st.text(), st.text())
def test_putting_texts_one_after_the_other_adds_their_words(first: str, second: str) -> None:
    assert count_words(f"{first}\n{second}") == count_words(first) + count_words(second)
