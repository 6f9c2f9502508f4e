"""Problems and plans as plain JSON values and back, and the digest by which a published plan can be repeated."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from accord.engines.spaceplan._problem import problem
from accord.engines.spaceplan.types import (
    Bound,
    Code,
    Cost,
    Level,
    Placement,
    Plan,
    Policy,
    PriorityClass,
    Reason,
    Search,
    Solver,
    SpaceProblem,
    Team,
    Unit,
    Value,
)


def digest(built: SpaceProblem) -> str:
    """Will give the SHA-256 of the problem's canonical JSON, as hexadecimal digits.

    The order of the records and the writing of figures (2, 2.0, 2.00) make no difference.
    """
    text = json.dumps(as_data(built), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def as_data(value: SpaceProblem | Plan) -> dict[str, Any]:
    """Will turn a problem or a plan into values that JSON can hold; decimals become text."""
    out = _plain(value)
    assert isinstance(out, dict)  # noqa: S101 - a dataclass gives a dict
    return out


def problem_from_data(data: Mapping[str, Any]) -> SpaceProblem:
    """Will build the problem that ``as_data`` wrote, with all checks."""
    policy = data["policy"]
    classes = tuple(PriorityClass(one["key"], one["weight"]) for one in policy["classes"])
    rules = Policy(
        **{
            **policy,
            "classes": classes,
            "share": Decimal(policy["share"]),
            "slack_m2": Decimal(policy["slack_m2"]),
        }
    )
    return problem(
        [_unit(one) for one in data["units"]],
        [_team(one) for one in data["teams"]],
        rules,
        fixed=dict(data["fixed"]),
        seed=data["seed"],
    )


def plan_from_data(data: Mapping[str, Any]) -> Plan:
    """Will build the plan that ``as_data`` wrote."""
    bound, search = data["bound"], data["search"]
    return Plan(
        engine=data["engine"],
        problem=data["problem"],
        solver=Solver(data["solver"]),
        placements=tuple(_placement(one) for one in data["placements"]),
        levels=tuple(Level(**{**one, "classes": tuple(one["classes"])}) for one in data["levels"]),
        cost=Decimal(data["cost"]),
        at_least=Decimal(data["at_least"]),
        bound=Bound(
            Decimal(bound["at_least"]),
            tuple(map(Decimal, bound["unit_prices"])),
            tuple(map(Decimal, bound["level_prices"])),
        ),
        search=search
        and Search(**{**search, "objective": Decimal(search["objective"]), "bound": Decimal(search["bound"])}),
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        # 2, 2.0 and 2.00 are one figure; 1E+2 is written out.
        return format(value.normalize(), "f") if value else "0"
    if is_dataclass(value):
        figures = {"area_m2", "price", "area_wanted", "area_least", "price_limit", "slack_m2"}
        return {
            one.name: _plain(Decimal(found) if one.name in figures and isinstance(found, int) else found)
            for one in fields(value)
            for found in [getattr(value, one.name)]
        }
    if isinstance(value, Mapping):
        return {name: _tagged(one) for name, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, StrEnum) else value


def _tagged(value: Value) -> object:
    """Keep a parameter's kind: a decimal becomes an object, so that reading gives the same back."""
    return {"decimal": _plain(value)} if isinstance(value, Decimal) else _plain(value)


def _untagged(value: Any) -> Value:
    if isinstance(value, dict):
        return Decimal(value["decimal"])
    out: Value = tuple(value) if isinstance(value, list) else value
    return out


def _unit(data: Mapping[str, Any]) -> Unit:
    figures = {name: Decimal(data[name]) for name in ("area_m2", "price")}
    return Unit(**{**data, **figures, "features": frozenset(data["features"])})


def _team(data: Mapping[str, Any]) -> Team:
    figures = {
        name: None if data[name] is None else Decimal(data[name])
        for name in ("area_wanted", "area_least", "price_limit")
    }
    sets = {name: frozenset(data[name]) for name in ("kinds", "required", "wished", "beside")}
    return Team(**{**data, **figures, **sets, "sits": tuple(data["sits"])})


def _placement(data: Mapping[str, Any]) -> Placement:
    why = data["reason"]
    params = {name: _untagged(one) for name, one in why["params"].items()}
    return Placement(
        team=data["team"],
        units=tuple(data["units"]),
        area_m2=Decimal(data["area_m2"]),
        price=Decimal(data["price"]),
        cost=Cost(**{name: Decimal(one) for name, one in data["cost"].items()}),
        reason=Reason(Code(why["code"]), MappingProxyType(params)),
    )
