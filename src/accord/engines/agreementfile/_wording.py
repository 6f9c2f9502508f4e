"""The form of one message."""

from __future__ import annotations

from dataclasses import dataclass

from accord.engines.agreementfile.types import Severity


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: what is wrong, how to mend it, and the advice where a likely correction is known."""

    what: str
    advice: str
    near: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One problem in both languages."""

    en: Wording
    zh: Wording
    severity: Severity = Severity.ERROR
