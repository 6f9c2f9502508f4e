"""What every table of Accord owes: keys that point down, a name of its own, paired marks, an audit."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pghistory.models
import pgtrigger
import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Q

from accord.kernel.retention import Retained, RetentionClass, retained
from accord.kernel.text import Bilingual, BilingualField

ROOT = Path(__file__).parents[2]

# A date that is not the day something happened keeps a name of its own.
NOT_THE_DAY_OF_AN_EVENT = {
    "kernel.World.demo_day": "the demo's today",
    "people.Account.last_login": "Django's own field",
}
APPEND_ONLY = {
    "outbox.Attempt": "a log of deliveries that could be edited would prove nothing",
    "history.Seal": "a chain that could be edited would prove nothing",
    "history.SealPart": "the same",
    "measures.Snapshot": "a forecast that could be edited could not be scored",
    "negotiation.Approval": "an approval that could be edited would bind nobody",
    "negotiation.Signature": "the same",
    "negotiation.TextVersion": "what the parties approve must not move under them",
}
NOT_AUDITED = {
    "outbox.Delivery": "moved on by machines only; every try leaves an append-only row of its own",
    "outbox.InboxNote": "when somebody read a notice is nobody's business",
    "kernel.IdempotencyRecord": "a copy of an answer, kept for a day; what was created is audited itself",
    "kernel.RateBucket": "a counter that a crash may lose",
    "history.SealMark": "one row that says only when to seal, never what",
    "kernel.World": "one row, written once when a demo world is built",
    "people.FormDraft": "what is typed and not sent, overwritten every few seconds and dropped once it is",
    "review.Standing": "worked out anew from submitted reviews, whose changes are kept",
    "workspace.QuotaUse": "worked out by trigger from the dates of bookings, whose changes are kept",
    "privacy.CountedRead": "a row is written once and says all there is; that it was read is the record",
    "privacy.ReadNote": "a buffer that is emptied every minute and that a crash may lose",
    "privacy.SetAside": "holds what the person's own history holds as well",
}


def own_models() -> list[type[models.Model]]:
    """Return every model of Accord but the event tables that pghistory makes."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("accord.") and not issubclass(model, pghistory.models.Event)
    ]


def floors() -> dict[str, int]:
    """Return the floor of each app, counted from the bottom, as the import contract has it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "floors")["layers"]
    return {name.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for name in layer.split("|")}


def own_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Yield the columns of a model."""
    yield from model._meta.concrete_fields


every_model = pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)


@every_model
def test_foreign_keys_point_down_the_floors(model: type[models.Model]) -> None:
    floor = floors()
    relations = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    targets = {field.name: field.related_model._meta.app_label for field in relations if field.is_relation}
    mine = model._meta.app_label

    upwards = {
        name: target
        for name, target in targets.items()
        if target in floor and target != mine and floor[target] >= floor[mine]
    }

    assert upwards == {}


@every_model
def test_foreign_keys_to_other_contexts_are_strings(model: type[models.Model]) -> None:
    source = Path(apps.get_app_config(model._meta.app_label).path)
    written = "".join(path.read_text() for path in [*source.glob("models.py"), *source.glob("models/*.py")])

    for field in own_fields(model):
        if field.is_relation and field.related_model._meta.app_label != model._meta.app_label:
            target = field.related_model
            if target.__module__.startswith("accord."):
                assert f'"{target._meta.label}"' in written, f"{field.name} names its target by import"


@every_model
def test_two_rows_never_bear_the_same_name(model: type[models.Model]) -> None:
    if any(isinstance(field, models.BooleanField) and field.unique for field in own_fields(model)):
        return  # a table of one row has nothing to be confused with

    assert "__str__" in vars(model), "Django's own says only the class and the key"
    first, second = str(_row(model, 1)), str(_row(model, 2))
    assert first.strip() != ""
    assert first != second


def _row(model: type[models.Model], number: int) -> models.Model:
    """Return an unsaved row whose every value is told apart by `number`."""
    row = model(**{field.name: _value(field, number) for field in own_fields(model) if not field.is_relation})
    for field in own_fields(model):
        if field.is_relation and field.related_model is not model:
            setattr(row, field.name, _row(field.related_model, number))
    return row


def _value(field: models.Field, number: int) -> object:
    """Return a value for the field; two numbers never share one unless the field is a choice."""
    if field.choices:
        return next(iter(field.flatchoices))[0]
    by_type: list[tuple[type, object]] = [
        (BilingualField, Bilingual(en=f"name {number}")),
        (models.BooleanField, False),
        (models.DateTimeField, datetime(2019, 1, number, tzinfo=UTC)),
        (models.DateField, date(2019, 1, number)),
        (models.DecimalField, Decimal(number)),
        (models.IntegerField, number),
        (models.AutoField, number),
        (models.FloatField, float(number)),
        (models.JSONField, {}),
    ]
    return next((value for kind, value in by_type if isinstance(field, kind)), f"text-{number}")


@every_model
def test_at_and_by_stand_or_fall_together(model: type[models.Model]) -> None:
    fields = {field.name: field for field in own_fields(model)}

    for name, by in fields.items():
        if not name.endswith("_by") or not by.is_relation:
            continue
        at = fields.get(f"{name.removesuffix('_by')}_at")
        assert at is not None, f"{name} does not say when"
        assert at.null == by.null, f"{at.name} and {name} may be empty only together"
        assert not by.null or _is_checked(model, at.name, name), f"no constraint ties {at.name} to {name}"


def _is_checked(model: type[models.Model], *names: str) -> bool:
    conditions = [one.condition for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    return any(set(names) <= set(_named(condition)) for condition in conditions if isinstance(condition, Q))


def _named(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _named(child)
        elif isinstance(child, tuple):
            yield str(child[0]).partition("__")[0]


@every_model
def test_moments_end_in_at_and_days_in_on(model: type[models.Model]) -> None:
    endings = {models.DateTimeField: "_at", models.DateField: "_on"}
    misnamed = {
        field.name: endings[type(field)]
        for field in own_fields(model)
        if type(field) in endings
        and not field.name.endswith(endings[type(field)])
        and f"{model._meta.label}.{field.name}" not in NOT_THE_DAY_OF_AN_EVENT
    }

    assert misnamed == {}


@every_model
def test_model_declares_its_audit(model: type[models.Model]) -> None:
    label = model._meta.label
    is_tracked = bool(getattr(model, "pgh_event_models", {}))

    assert is_tracked + (label in APPEND_ONLY) + (label in NOT_AUDITED) == 1
    assert label not in APPEND_ONLY or _refuses_changes(model)


def _refuses_changes(model: type[models.Model]) -> bool:
    triggers = [one for one in getattr(model._meta, "triggers", []) if isinstance(one, pgtrigger.Protect)]
    guarded = " ".join(str(trigger.operation).upper() for trigger in triggers)
    return "UPDATE" in guarded and "DELETE" in guarded


@every_model
def test_audit_watches_every_column_it_keeps(model: type[models.Model]) -> None:
    """A tracker that two models share watches the columns of the first one on both."""
    kept = {name for event in getattr(model, "pgh_event_models", {}).values() for name in _columns(event)}
    watched = [
        set(trigger.condition.fields)
        for trigger in getattr(model._meta, "triggers", [])
        if getattr(getattr(trigger, "condition", None), "fields", None)
    ]

    assert [names for names in watched if names != kept & _columns(model)] == []


def _columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in own_fields(model)}


@every_model
def test_model_says_what_it_is(model: type[models.Model]) -> None:
    said = model.__doc__ or ""

    assert said.strip()
    assert not said.startswith(f"{model.__name__}("), "Django's generated list of fields is no description"


@every_model
def test_model_declares_what_it_holds_of_people(model: type[models.Model]) -> None:
    """A table that nobody declared would be forgotten when a person asks for a copy or to be erased."""
    declared = retained().get(model._meta.label)

    assert declared is not None, f"declare it in {model._meta.app_label}/retention.yaml (see kernel/retention.py)"
    assert declared.reason.en
    assert declared.reason.zh_hans
    assert _unknown_names(model, declared) == []
    points = [field.name for field in own_fields(model) if field.related_model in _of_people()]
    assert not points or declared.kind != RetentionClass.IMPERSONAL, f"{points} lead to people: say why it is kept"


def _of_people() -> set[type[models.Model]]:
    return {apps.get_model("people", "Person"), apps.get_model("people", "Account")}


def _unknown_names(model: type[models.Model], declared: Retained) -> list[str]:
    """Return what a declaration names and the model has not: columns, and paths that lead nowhere."""
    columns = {"pk", *(field.name for field in own_fields(model))}
    named = {*declared.personal, *declared.named, *declared.instead, *declared.secret}
    wrong = sorted(named - columns)
    for path in (*declared.person, *declared.address):
        try:
            model._base_manager.filter(**{f"{path}__isnull": False}).query  # noqa: B018 (building it is the test)
        except FieldError:
            wrong.append(path)
    return wrong


def test_retention_declares_no_model_that_is_gone() -> None:
    assert [label for label in retained() if not _is_there(label)] == []


def _is_there(label: str) -> bool:
    try:
        return apps.get_model(label) is not None
    except LookupError:
        return False


def test_tables_of_packages_that_lead_to_people_are_declared() -> None:
    """What signs people in is a package's; its rows are theirs all the same."""
    leading = {
        model._meta.label
        for model in apps.get_models()
        if not model.__module__.startswith(("accord.", "pghistory"))
        and any(field.related_model in _of_people() for field in own_fields(model))
    }

    assert leading - retained().keys() == set()
