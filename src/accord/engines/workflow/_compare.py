"""What another version of a workflow changes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from accord.engines.workflow._data import stage_data, step_data
from accord.engines.workflow._messages import difference_words
from accord.engines.workflow._words import Words
from accord.engines.workflow.types import Difference, Stage, Step, Workflow

_FIELDS: Final = {
    "name": Words("name", "名称"),
    "phase": Words("phase", "环节"),
    "tells": Words("what the applicant reads", "申请人看到的说明"),
    "ends": Words("is an end", "是否终点"),
    "from": Words("leads from", "出发阶段"),
    "to": Words("leads to", "到达阶段"),
    "by": Words("taken by", "操作人"),
    "needs": Words("needs", "条件"),
    "asks": Words("asks for", "要求填写"),
}
_NOTHING: Final = Words("nothing", "无")
_YES: Final = Words("yes", "是")
_NO: Final = Words("no", "否")


def compare(old: Workflow, new: Workflow) -> tuple[Difference, ...]:
    """Will list what the new version changes: the start, then stages, then steps, matched by their keys."""
    return (*_start(old, new), *_entries("stage", old, new), *_entries("step", old, new))


def stages_lost(old: Workflow, new: Workflow) -> tuple[Stage, ...]:
    """Will list the stages at which something may stand and which the new version does not have."""
    kept = {one.key for one in new.stages}
    return tuple(one for one in old.stages if one.key not in kept)


def _start(old: Workflow, new: Workflow) -> Iterator[Difference]:
    if old.start != new.start:
        words = difference_words(
            "start", "changed", {"before": _stage_name(old, old.start), "after": _stage_name(new, new.start)}
        )
        yield Difference("start", "changed", "", "start", old.start, new.start, words)


def _entries(what: Literal["stage", "step"], old: Workflow, new: Workflow) -> Iterator[Difference]:
    before, after = _by_key(what, old), _by_key(what, new)
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            yield _whole(what, "removed", before[key])
        elif key not in before:
            yield _whole(what, "added", after[key])
        else:
            yield from _changed(what, (old, before[key]), (new, after[key]))
    kept, now = [key for key in before if key in after], [key for key in after if key in before]
    if kept != now:
        many: Literal["stages", "steps"] = "stages" if what == "stage" else "steps"
        yield Difference(many, "moved", "", "order", kept, now, difference_words(many, "moved", {}))


def _by_key(what: str, workflow: Workflow) -> dict[str, Stage | Step]:
    entries: tuple[Stage | Step, ...] = workflow.stages if what == "stage" else workflow.steps
    return {one.key: one for one in entries}


def _whole(what: Literal["stage", "step"], kind: Literal["added", "removed"], entry: Stage | Step) -> Difference:
    data = _data(entry)
    words = difference_words(what, kind, {"name": entry.name})
    before, after = (None, data) if kind == "added" else (data, None)
    return Difference(what, kind, entry.key, "", before, after, words)


def _changed(
    what: Literal["stage", "step"], old: tuple[Workflow, Stage | Step], new: tuple[Workflow, Stage | Step]
) -> Iterator[Difference]:
    before, after = _data(old[1]), _data(new[1])
    for field, said in _FIELDS.items():
        was, now = before.get(field), after.get(field)
        if was != now:
            shown = {"before": _shown(field, was, old[0]), "after": _shown(field, now, new[0])}
            words = difference_words(what, "changed", {"name": new[1].name, "field": said, **shown})
            yield Difference(what, "changed", new[1].key, field, was, now, words)


def _data(entry: Stage | Step) -> dict[str, Any]:
    return stage_data(entry) if isinstance(entry, Stage) else step_data(entry)


def _shown(field: str, value: object, workflow: Workflow) -> object:
    """Return a value as the words of a difference show it: stages by their names, all else as it stands."""
    if field == "ends":
        return _YES if value else _NO
    if isinstance(value, Mapping):
        return Words(f"“{value['en']}”", f"“{value['zh-hans']}”")
    if isinstance(value, list):
        return tuple(_stage_name(workflow, one) if field == "from" else one for one in value)
    if value is None:
        return _NOTHING
    return _stage_name(workflow, str(value)) if field == "to" else str(value)


def _stage_name(workflow: Workflow, key: str) -> Words:
    name = workflow.stage(key).name
    return Words(f"“{name.en}”", f"“{name.zh_hans}”")
