"""Identifiers: read as pasted, refused to the last digit, with words that say what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.kernel.countries import read_country
from accord.kernel.identifiers import LEI, ORCID, ROR, SCHEMES, USCC, Scheme, WrongIdentifier

RIGHT = {
    ROR: ["02jx3x895", "052gg0110", "013meh722", "00a2xv884", "041kmwe10", "03cve4549", "02v51f717", "013q1eq08"],
    LEI: ["213800KUD8LAJWSQ9D15"],
    USCC: ["91110000600037341L"],
    ORCID: ["0000-0002-1825-0097", "0000-0002-1694-233X"],
}
EVERY = [(scheme, value) for scheme, values in RIGHT.items() for value in values]
PASTED = [
    (ROR, "https://ror.org/02jx3x895", "02jx3x895"),
    (ROR, " ror.org/02JX3X895/ ", "02jx3x895"),
    (ROR, "０２ｊｘ３ｘ８９５", "02jx3x895"),
    (LEI, "2138 00KU D8LA JWSQ 9D15", "213800KUD8LAJWSQ9D15"),
    (LEI, "https://search.gleif.org/#/record/213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
    (USCC, "91110000-600037341l", "91110000600037341L"),
    (ORCID, "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
    (ORCID, "orcid.org/0000-0002-1825-0097?lang=en", "0000-0002-1825-0097"),
    (ORCID, "0000 0002 1825 0097", "0000-0002-1825-0097"),
    (ORCID, "0000–0002–1825–0097", "0000-0002-1825-0097"),
    (ORCID, "  ", ""),
]


@pytest.mark.parametrize(("scheme", "value"), EVERY, ids=lambda one: getattr(one, "name", one))
def test_real_identifier_is_right(scheme: Scheme, value: str) -> None:
    assert scheme.read(value) == value


@pytest.mark.parametrize(("scheme", "pasted", "kept"), PASTED, ids=lambda one: getattr(one, "name", one))
def test_what_people_paste_is_read(scheme: Scheme, pasted: str, kept: str) -> None:
    assert scheme.read(pasted) == kept


@given(data=st.data())
def test_one_wrong_character_is_always_found(data: st.DataObject) -> None:
    scheme, value = data.draw(st.sampled_from(EVERY))
    bare = value.replace("-", "")
    place = data.draw(st.integers(0, len(bare) - 1))
    alike = "0123456789" if bare[place].isdigit() else "abcdefghjkmnpqrstvwxyz"  # LEI takes a letter for two digits
    other = data.draw(st.sampled_from([one for one in alike if one != bare[place].lower()]))

    with pytest.raises(WrongIdentifier) as refused:
        scheme.read(bare[:place] + other + bare[place + 1 :])

    assert refused.value.field == scheme.code


@pytest.mark.parametrize(
    ("scheme", "value", "words"),
    [
        (ROR, "00a2xv885", "The last two digits of the ROR ID “00a2xv885” do not match the rest"),
        (ROR, "2jx3x895", "It has 9 characters"),
        (LEI, "213800KUD8LAJWSQ9D16", "The last two digits of the LEI"),
        (LEI, "213800", "It has 20 characters"),
        (USCC, "91110000600037341K", "The last character of the Unified Social Credit Code"),
        (USCC, "9.11100006E17", "It has 18 characters"),
        (ORCID, "0000-0002-1825-0098", "The last character of the ORCID iD"),
        (ORCID, "josiah", "It has 16 digits in groups of four"),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_refusal_says_whether_form_or_digit_is_wrong(scheme: Scheme, value: str, words: str) -> None:
    with pytest.raises(WrongIdentifier) as refused:
        scheme.read(value)

    assert words in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for scheme in SCHEMES.values():
        try:
            kept = scheme.read(text)
        except WrongIdentifier:
            continue
        assert scheme.read(kept) == kept


def test_addresses_lead_where_the_scheme_has_one() -> None:
    assert [scheme.url(RIGHT[scheme][0]) for scheme in RIGHT] == [
        "https://ror.org/02jx3x895",
        "https://search.gleif.org/#/record/213800KUD8LAJWSQ9D15",
        "",
        "https://orcid.org/0000-0002-1825-0097",
    ]
    assert ROR.url("") == ""


@pytest.mark.parametrize(
    ("text", "code"), [("cn", "CN"), (" GB ", "GB"), ("uk", "GB"), ("", ""), ("XX", None), ("China", None)]
)
def test_country_is_read_by_its_two_letters(text: str, code: str | None) -> None:
    assert read_country(text) == code
