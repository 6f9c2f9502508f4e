"""Doors of the portal: home, what waits, search, which agreement, what is real here, and the health check."""

from accord.portal.views._about import healthz, what_is_real
from accord.portal.views._home import home
from accord.portal.views._jobs import jobs, retry_job, set_job_aside
from accord.portal.views._search import search, suggest
from accord.portal.views._waiting import waiting
from accord.portal.views._which import which

__all__ = [
    "healthz",
    "home",
    "jobs",
    "retry_job",
    "search",
    "set_job_aside",
    "suggest",
    "waiting",
    "what_is_real",
    "which",
]
