"""Reads a definition, or names every fault that it has.

Where a value has a fault, something empty stands in for it, so that reading can go on; nothing built so gets out.
"""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeVar

from accord.engines.workflow import _fields as fields
from accord.engines.workflow._fields import Faults
from accord.engines.workflow._sketch import StageSketch, StepSketch
from accord.engines.workflow._ways import judge_ways
from accord.engines.workflow._words import Words
from accord.engines.workflow.refusals import WorkflowRefused
from accord.engines.workflow.types import PHASES, Phase, Stage, Step, Vocabulary, Workflow

MOST_STAGES: Final = 60
MOST_STEPS: Final = 240
MOST_NAME: Final = 80
MOST_TOLD: Final = 1000
_STAGE_NEEDS: Final = ("key", "name", "phase")
_STAGE_MAY: Final = ("tells", "ends")
_STEP_NEEDS: Final = ("key", "name", "from", "to", "by")
_STEP_MAY: Final = ("needs", "asks", "tells")
_NO_WORDS: Final = Words("", "")

T = TypeVar("T")
Data = Mapping[str, Any]


def read(data: object, vocabulary: Vocabulary) -> Workflow:
    """Will build a workflow from what JSON or YAML gives; refuses with ``WorkflowRefused``, naming every fault."""
    reader = _Reader(vocabulary)
    workflow = reader.workflow(data)
    if reader.faults.found:
        raise WorkflowRefused(reader.faults.in_order())
    return workflow


def _known(words: Collection[str]) -> tuple[str, ...]:
    # A set has no order of its own, and a fault says the same each time.
    return tuple(map(str, sorted(words) if isinstance(words, AbstractSet) else words))


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.actors, self.needs, self.asks = map(_known, (vocabulary.actors, vocabulary.needs, vocabulary.asks))
        self.faults = Faults()

    def workflow(self, data: object) -> Workflow:
        top = fields.mapping(data, "", self.faults, needs=("start", "stages", "steps")) or {}
        start = self._text(top, "start", "")
        stages = self._each(top, "stages", MOST_STAGES, self._stage)
        steps = self._each(top, "steps", MOST_STEPS, self._step)
        if stages is not None:
            sketches = None if steps is None else tuple(sketch for sketch, _ in steps)
            judge_ways(start, tuple(sketch for sketch, _ in stages), sketches, self.faults)
        return Workflow(start or "", tuple(one for _, one in stages or ()), tuple(one for _, one in steps or ()))

    def _each(self, data: Data, key: str, most: int, read_one: Callable[[object, str], T]) -> list[T] | None:
        found = fields.entries(data[key], key, most, self.faults) if key in data else None
        if found is None:
            return None
        taken: dict[str, str] = {}
        for at, entry in enumerate(found):
            self._judge_repeated(entry, f"{key}[{at}]", taken)
        return [read_one(entry, f"{key}[{at}]") for at, entry in enumerate(found)]

    def _judge_repeated(self, entry: object, where: str, taken: dict[str, str]) -> None:
        key = entry.get("key") if isinstance(entry, Mapping) else None
        if isinstance(key, str) and taken.setdefault(key, where) != where:
            self.faults.add("duplicate-key", f"{where}.key", key=fields.shown(key), first=taken[key])

    def _stage(self, entry: object, where: str) -> tuple[StageSketch, Stage]:
        data = fields.mapping(entry, where, self.faults, needs=_STAGE_NEEDS, may=_STAGE_MAY)
        if data is None:
            return StageSketch(where, None, None), Stage("", _NO_WORDS, Phase.DRAFT)
        key = self._key(data, where)
        name = self._words(data, "name", where, MOST_NAME)
        phase = self._word(data, "phase", where, PHASES)
        tells = self._words(data, "tells", where, MOST_TOLD)
        ends = fields.flag(data.get("ends", False), f"{where}.ends", self.faults)
        built = Stage(key or "", name or _NO_WORDS, Phase(phase or "draft"), tells, bool(ends))
        return StageSketch(where, key, ends), built

    def _step(self, entry: object, where: str) -> tuple[StepSketch, Step]:
        data = fields.mapping(entry, where, self.faults, needs=_STEP_NEEDS, may=_STEP_MAY)
        if data is None:
            return StepSketch(where), Step("", _NO_WORDS, (), "", ())
        asks = data.get("asks", ())
        sketch = StepSketch(
            where=where,
            name=self._words(data, "name", where, MOST_NAME),
            sources=self._sources(data, where),
            to=self._text(data, "to", where),
            asks=bool(asks) if isinstance(asks, list | tuple) else None,
        )
        return sketch, self._built(data, sketch)

    def _built(self, data: Data, sketch: StepSketch) -> Step:
        return Step(
            key=self._key(data, sketch.where) or "",
            name=sketch.name or _NO_WORDS,
            from_stages=tuple(stage or "" for _, stage in sketch.sources or ()),
            to=sketch.to or "",
            by=self._actors(data, sketch.where),
            needs=self._list(data, "needs", sketch.where, self.needs, "unknown-need"),
            asks=self._list(data, "asks", sketch.where, self.asks, "unknown-ask"),
            tells=self._words(data, "tells", sketch.where, MOST_TOLD),
        )

    def _key(self, data: Data, where: str) -> str | None:
        return fields.key(data["key"], f"{where}.key", self.faults) if "key" in data else None

    def _text(self, data: Data, key: str, where: str) -> str | None:
        """Read a reference: whether what it names is there is judged with the ways."""
        place = f"{where}.{key}" if where else key
        return fields.text(data[key], place, self.faults) if key in data else None

    def _word(self, data: Data, key: str, where: str, known: tuple[str, ...]) -> str | None:
        place, code = f"{where}.{key}", f"unknown-{key}"
        return fields.one_of(data[key], place, self.faults, known=known, code=code) if key in data else None

    def _words(self, data: Data, key: str, where: str, most: int) -> Words | None:
        return fields.words(data[key], f"{where}.{key}", most, self.faults) if key in data else None

    def _list(self, data: Data, key: str, where: str, known: tuple[str, ...], code: str) -> tuple[str, ...]:
        if key not in data:
            return ()
        return fields.some_of(data[key], f"{where}.{key}", self.faults, known=known, code=code)

    def _actors(self, data: Data, where: str) -> tuple[str, ...]:
        if data.get("by") in ([], ()):
            self.faults.add("empty-list", f"{where}.by")
            return ()
        return self._list(data, "by", where, self.actors, "unknown-actor")

    def _sources(self, data: Data, where: str) -> tuple[tuple[str, str | None], ...] | None:
        if "from" not in data:
            return None
        found = fields.entries(data["from"], f"{where}.from", MOST_STAGES, self.faults)
        if found is None:
            return None
        sources: list[tuple[str, str | None]] = []
        for at, entry in enumerate(found):
            place = f"{where}.from[{at}]"
            stage = fields.text(entry, place, self.faults)
            if stage is not None and stage in {one for _, one in sources}:
                self.faults.add("repeated", place, key=fields.shown(stage))
            else:
                sources.append((place, stage))
        return tuple(sources)
