"""Secrets: random, told apart, kept as a digest, and never written to a log."""

import logging
from types import SimpleNamespace

import pytest

from accord.kernel import secret


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {secret.new_token() for _token in range(500)}

    assert len(tokens) == 500
    assert {len(token) for token in tokens} == {43}


def test_access_token_says_whose_it_is_before_its_secret() -> None:
    token = secret.new_access_token()
    mark, prefix, hidden = token.split("_", 2)

    assert (mark, len(prefix), len(hidden)) == ("accord", 8, 43)
    assert secret.prefix_of(token) == prefix


@pytest.mark.parametrize(
    "token",
    [
        "",
        "accord",
        "accord_",
        "accord_abcdefgh",
        "accord_abcdefgh_",
        "accord_abc_x",
        "other_abcdefgh_x",
        "accord_äbcdefgh_x",
    ],
)
def test_what_is_no_access_token_has_no_prefix(token: str) -> None:
    assert secret.prefix_of(token) == ""


def test_digest_is_the_sha_256_and_compares_the_whole() -> None:
    digest = secret.digest_of("abc")

    assert digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert [secret.is_same(digest, token) for token in ("abc", "abd", "ab", "", "abc ")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def log_line(kwargs: dict[str, object], url_name: str = "people:check-details") -> str:
    """Return what a log would say of a request whose route has these parts."""
    request = SimpleNamespace(resolver_match=SimpleNamespace(kwargs=kwargs, url_name=url_name))
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Gone", "/x/the-secret/7/"), None)
    record.request = request
    secret.HidesTokens().filter(record)
    return record.getMessage()


def test_log_shows_the_address_without_its_secret_part() -> None:
    assert log_line({"token": "the-secret", "pk": 7}) == "Gone: /x/…/7/"
    assert log_line({"key": "the-secret"}, "account_confirm_email") == "Gone: /x/…/7/"
    assert log_line({"key": "the-secret"}, "board") == "Gone: /x/the-secret/7/"
    assert log_line({}) == "Gone: /x/the-secret/7/"


def test_line_without_a_request_is_left_as_it_is() -> None:
    record = logging.LogRecord("accord", logging.INFO, "", 0, "the-secret", None, None)

    assert secret.HidesTokens().filter(record)
    assert record.getMessage() == "the-secret"
