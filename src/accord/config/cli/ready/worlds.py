"""Builds the demo world."""

from collections.abc import Callable
from datetime import UTC, datetime, time

from django.conf import settings

from accord.config.cli._world import Wanted
from accord.demo.operations import build_world
from accord.kernel.refused import Refused
from accord.kernel.trace import at_work

REMEDIES = {
    "another-world": "Use --fresh to build this one instead, or another folder with --data-dir.",
    "real-installation": "Use another folder with --data-dir.",
}


def build(wanted: Wanted, *, on_progress: Callable[[str], None]) -> str:
    """Build the world; return why it was refused and what to do, or nothing."""
    try:
        with at_work(command="demo"):
            build_world(
                seed=wanted.seed,
                scale=wanted.scale,
                as_of=wanted.day,
                at=datetime.combine(wanted.day, time(12), tzinfo=UTC),
                store=settings.FILE_STORE,
                site=settings.SITE_ADDRESS,
                on_progress=on_progress,
            )
    except Refused as refusal:
        return f"{refusal} {REMEDIES.get(refusal.code, '')}".strip()
    return ""
