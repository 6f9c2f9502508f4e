"""How Accord says no: a stable code, a status, and a sentence in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused


class Full(Refused):
    """No place is left."""

    code = "full"


def test_each_kind_has_its_code_and_status() -> None:
    told = [(kind("No."), kind.status) for kind in (Refused, NotAllowed, NotThere, Clash, Full)]

    assert [(refused.code, status) for refused, status in told] == [
        ("refused", 422),
        ("not-allowed", 403),
        ("not-there", 404),
        ("clash", 409),
        ("full", 422),
    ]


def test_code_field_and_detail_of_one_case_are_kept() -> None:
    refused = Full("Choose another day.", code="full-on-day", field="day", left=0)

    assert (refused.code, refused.field, refused.detail) == ("full-on-day", "day", {"left": 0})
    assert (Full.code, Full("x").field, Full("x").detail) == ("full", "", {})


def test_sentence_is_said_in_the_language_of_whoever_reads_it() -> None:
    refused = Refused(_("Sign in"))

    with override("en"):
        english = str(refused)
    with override("zh-hans"):
        chinese = str(refused)

    assert (english, chinese) == ("Sign in", "登录")
