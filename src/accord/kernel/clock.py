"""The clock that doors read. Below the doors time is an argument (`at=`), never looked up."""

from datetime import UTC, date, datetime, timedelta

from accord.kernel.models import World


def now(world: World | None = None) -> datetime:
    """Return the present moment; in a demo world, the demo's day at the present time of day."""
    real = datetime.now(UTC)
    if world is None or world.demo_day is None:
        return real
    return datetime.combine(world.demo_day, real.timetz())


def today(world: World | None = None) -> date:
    """Return the present day in UTC, or the demo's day."""
    return now(world).date()


def monday_of(day: date) -> date:
    """Return the Monday that starts the week of `day`."""
    return day - timedelta(days=day.weekday())


def end_of(day: date) -> datetime:
    """Return the first moment after `day` (UTC), the bound of everything known by the end of that day."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
