"""What this engine refuses, with the words for it.

WorkflowRefused   a definition has faults; all of them are named
StepRefused       a step cannot be taken: by the code, ``unknown-step``, ``not-from-here``, ``not-yours`` or
                  ``needs-missing``
StageUnknown      something stands at a stage that this version of the workflow does not have
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from accord.engines.workflow._messages import refusal_words
from accord.engines.workflow._words import Words

_AS_KEYS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of a definition, such as ``steps[1].from[0]``, and how to mend it."""

    code: str
    where: str
    words: Words


class WorkflowRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """A definition has faults; ``faults`` holds every one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{one.where or '.'}: {one.words.en}" for one in faults))


class StepRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """A step cannot be taken; ``missing`` names the needs that are not met."""

    def __init__(
        self,
        code: str,
        step: str,
        stage: str,
        *,
        names: tuple[Words, Words] | None = None,
        by: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
    ) -> None:
        self.code, self.step, self.stage, self.by, self.missing = code, step, stage, by, missing
        self._names: tuple[Words | str, Words | str] = names or (step, stage)
        super().__init__(self.words("en"))

    def words(self, language: str, called: Mapping[str, str] = _AS_KEYS) -> str:
        """Return one sentence; ``called`` names actors and needs in that language, which are keys here."""
        step, stage = self._names
        who, missing = (tuple(called.get(key, key) for key in keys) for keys in (self.by, self.missing))
        return refusal_words(self.code, {"step": step, "stage": stage, "who": who, "missing": missing}, language)


class StageUnknown(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """Something stands at a stage that the workflow does not have."""

    code = "unknown-stage"

    def __init__(self, stage: str) -> None:
        self.stage = stage
        super().__init__(self.words("en"))

    def words(self, language: str) -> str:
        """Return one sentence in ``en`` or ``zh-hans``."""
        return refusal_words(self.code, {"stage": self.stage}, language)
