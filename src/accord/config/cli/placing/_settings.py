"""The settings that a result keeps, so that it can be repeated from itself and the file."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from accord.engines.matching import Policy, ReserveOrder

EFFORT: Final = 30.0
KEYS: Final = ("reserve_order", "exact", "effort", "must_run", "policy")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an outcome was made with beside mechanism and lottery; ``policy`` only of a later round."""

    reserve_order: str | None = None
    exact: bool = False
    effort: float = EFFORT
    must_run: bool = False
    policy: str | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the settings for programs."""
        return asdict(self)


def settings_from_data(data: Mapping[str, Any]) -> Settings:
    """Return the settings that ``as_data`` gave.

    Raises:
        ValueError, KeyError, TypeError: somebody wrote something else there.

    """
    order, exact, effort, must_run, policy = (data[key] for key in KEYS)
    if not isinstance(exact, bool) or not isinstance(must_run, bool) or not 0 < float(effort) < math.inf:
        raise ValueError("settings")
    return Settings(
        None if order is None else ReserveOrder(order).value,
        exact,
        float(effort),
        must_run,
        None if policy is None else Policy(policy).value,
    )
