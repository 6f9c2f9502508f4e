"""What bodies are made of: the forms that every context's API shares."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from accord.kernel.text import Bilingual

Value = TypeVar("Value")
Row = TypeVar("Row", bound=BaseModel)
DAY_LETTERS = 10
DEEPEST = 20


class Shown(BaseModel):
    """What an answer holds."""

    model_config = ConfigDict(frozen=True)


class Sent(BaseModel):
    """What a body may hold; a field that is not declared is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _iso_day(value: Any) -> Any:
    """Take days in the one form that the description names, not the seconds and moments that pydantic would take."""
    if isinstance(value, date) or (isinstance(value, str) and len(value) == DAY_LETTERS):
        return value
    raise ValueError("Send a day such as 2019-09-30.")


def _no_gaps(value: Any) -> Any:
    """Refuse the one character that no text has and the database cannot keep."""
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("Remove the invisible characters.")
    return value


def _kept_json(value: Any, depth: int = 0) -> Any:
    """Refuse what JSON can hold and the database cannot keep: endless numbers, the character of no text, a tower."""
    if depth > DEEPEST:
        raise ValueError("Nest this less deeply.")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("Send a number that is not endless.")
    parts = [*value, *value.values()] if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for one in parts:
        _kept_json(one, depth + 1)
    return _no_gaps(value)


Day = Annotated[date, BeforeValidator(_iso_day)]
Text = Annotated[str, BeforeValidator(_no_gaps)]
Data = Annotated[dict[str, Any], BeforeValidator(_kept_json)]
"""An object of any members, such as a definition, or answers by question."""
Key = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=60, examples=["chengdu-cass"])]
"""A name in an address."""
PromiseKey = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=60, examples=["resident-teams"])]
"""A promise's name in an address."""
Number = Annotated[int, Field(ge=1, le=2**63 - 1, examples=[7])]
"""A record's number in an address."""


class Words(Shown):
    """A text in both languages; the side that nobody wrote is null."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)
    en: str | None = Field(None, description="English.", examples=["Resident teams"])
    zh_hans: str | None = Field(None, alias="zh-hans", description="Simplified Chinese.", examples=["入驻团队"])

    @classmethod
    def of(cls, text: Bilingual) -> "Words":
        """Return a bilingual text as an answer holds it."""
        return cls.model_validate({"en": text.en or None, "zh-hans": text.zh_hans or None})


class WordsSent(Sent):
    """A text in one or both languages."""

    en: Text = Field("", max_length=200, description="English.", examples=["Four teams moved in"])
    zh_hans: Text = Field(
        "", alias="zh-hans", max_length=200, description="Simplified Chinese.", examples=["四支团队入驻"]
    )

    @property
    def text(self) -> Bilingual:
        """Return the text as Accord keeps it."""
        return Bilingual(self.en, self.zh_hans)


class ProseSent(WordsSent):
    """A longer text in one or both languages."""

    en: Text = Field("", max_length=20_000, description="English.", examples=["Either party may publish."])
    zh_hans: Text = Field(
        "", alias="zh-hans", max_length=20_000, description="Simplified Chinese.", examples=["任何一方可以发表。"]
    )


class ReasonSent(Sent):
    """Why."""

    reason: Text = Field(
        min_length=1,
        max_length=2000,
        description="All parties read it; it stays in the history.",
        examples=["The parties chose another way."],
    )


class NothingSent(Sent):
    """An empty object."""


class FieldError(Shown):
    """One place that must change: a field of the body by pointer, or a parameter by name."""

    pointer: str | None = Field(
        None, description="JSON Pointer into the body, as a URI fragment.", examples=["#/held_on"]
    )
    parameter: str | None = Field(None, description="Name of a parameter.")
    where: str | None = Field(None, alias="in", description="Where the parameter stands: query or header.")
    detail: str = Field(description="What to do about it, in the reader's language.")


class Problem(BaseModel):
    """Why a request was refused (RFC 9457), and how to mend it. Some kinds have further members."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(description="Address of the page that explains this kind.")
    title: str = Field(description="What kind of problem it is, in a few words.")
    status: int = Field(description="The answer's status.")
    detail: str = Field(description="What is wrong and how to mend it, in the language of Accept-Language.")
    instance: str = Field(description="The address that was asked for.")
    code: str = Field(description="The kind, for programs; it stays the same over versions.")
    errors: list[FieldError] = Field(default=[], description="Each place that must change.")
    request_id: str | None = Field(None, description="Finds the request in the server's log.")


class Page(Shown, Generic[Row]):
    """Part of a list; follow `next` until it is null."""

    items: list[Row]
    next: str | None = Field(description="Address of what follows; null at the end.")
    previous: str | None = Field(description="Address of what comes before; null at the start.")

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Return a readable name for the description."""
        return f"{params[0].__name__}Page"


class Detail(Generic[Value]):
    """One record as an answer, with its version as the ETag."""

    def __init__(self, value: Value, *, version: int) -> None:
        """Keep both."""
        self.value, self.version = value, version


class Created(Detail[Value]):
    """A record that was made, with its address."""

    def __init__(self, value: Value, *, version: int, at: str) -> None:
        """Keep the record, its version and its address."""
        super().__init__(value, version=version)
        self.at = at
