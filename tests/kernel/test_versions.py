"""A change names the version it was made from."""

from dataclasses import dataclass

import pytest

from accord.kernel.refused import Clash
from accord.kernel.versions import expect


@dataclass
class Record:
    version: int


def test_a_change_of_the_present_version_is_let_through() -> None:
    expect(Record(3), 3)


@pytest.mark.parametrize("version", [2, 4, 0])
def test_a_change_of_another_version_is_a_clash_that_says_the_present_one(version: int) -> None:
    with pytest.raises(Clash) as refused:
        expect(Record(3), version)

    assert (refused.value.status, refused.value.detail) == (409, {"version": 3})
