"""How Accord speaks of its work in logs: a line for each request, job and fault, with no personal data and no secret.

    {"time": "2026-11-22T10:15:00.123Z", "level": "info", "logger": "accord.request", "message": "…", "request": "…", …}

Written as JSON Lines for programs, or as words for a terminal. Only what is listed here is told of a record: never the
arguments of a job, never an address as it was typed (tokens live in addresses), never what an exception says (it may
quote what somebody wrote), never the values in a frame. The web server uses this before Django is loaded, so nothing
here imports it.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from accord.config import env

TOLD = "told"
"""What our own code adds to a line: `logger.info(words, extra={TOLD: {"status": 200}})`."""

JOB_WORDS = {
    "start_job": "Job begun",
    "job_success": "Job done",
    "job_error": "Job failed",
    "job_error_retry": "Job failed; it is tried again",
    "job_aborted": "Job broken off",
    "job_aborted_retry": "Job broken off; it is tried again",
    "task_not_found": "Job of a task that this version does not know",
}
_SECRETS = (
    (re.compile(r"""[^\s@<>"'=,;:()]+@[^\s@<>"'=,;:()]+\.[^\W\d_]{2,}"""), "(mail address)"),
    (re.compile(r"accord_[A-Za-z0-9]{8}_[A-Za-z0-9_-]+"), "(secret)"),
    (re.compile(r"[A-Za-z0-9_-]+:[A-Za-z0-9]{6}:[A-Za-z0-9_-]{27,}"), "(secret)"),
    (re.compile(r"[A-Za-z0-9_-]{40,}"), "(secret)"),
    (re.compile(r"\?[^\s?\"']*=[^\s\"']*"), "?…"),
)
_PLACES = ("/site-packages/", "/src/", "/lib/python")
_MOST_FRAMES = 30


def without_secrets(words: str) -> str:
    """Return words without mail addresses, tokens, digests and the questions at the end of addresses."""
    for pattern, stand_in in _SECRETS:
        words = pattern.sub(stand_in, words)
    return words


class Lines(logging.Formatter):
    """Writes a record as one line; as a line of JSON or of words, as the settings say."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = told_of(record)
        return (
            json.dumps(told, ensure_ascii=False, default=str) if _settings().form == "json" else "\n".join(_said(told))
        )


def told_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return everything that is told of a record, in its order."""
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
    }
    if getattr(record, "request_id", ""):
        told["request"] = record.request_id  # type: ignore[attr-defined]  # set by `observed.WithRequestId`
    told |= _job(record) | getattr(record, TOLD, {})
    if record.exc_info and record.exc_info[1]:
        told["fault"] = fault_of(record.exc_info[1])
    return told


def _message(record: logging.LogRecord) -> str:
    """Return what a record says, in our own words where its own would quote an address or a job's arguments."""
    if isinstance(getattr(record, "job", None), dict):
        return JOB_WORDS.get(getattr(record, "action", ""), "Of a job")
    status = getattr(record, "status_code", None)
    if hasattr(record, "request") and isinstance(status, int) and not record.name.startswith("django.security"):
        return HTTPStatus(status).phrase
    return without_secrets(record.getMessage())


def _job(record: logging.LogRecord) -> dict[str, Any]:
    """Return number, task and tries of the job that a record is about; nothing for any other."""
    job = getattr(record, "job", None)
    if not isinstance(job, dict):
        return {}
    result = getattr(record, "job_result", None)
    lasted = result.get("duration") if isinstance(result, dict) else None
    told = {"job": job.get("id"), "task": job.get("task_name"), "tries": (job.get("attempts") or 0) + 1}
    return told if lasted is None else told | {"ms": round(lasted * 1000)}


def fault_of(error: BaseException) -> dict[str, Any]:
    """Return of an exception its kind, where it arose, and its cause; what it says only while debugging."""
    frames = [f"{_place(one.filename)}:{one.lineno} in {one.name}" for one in traceback.extract_tb(error.__traceback__)]
    fault: dict[str, Any] = {"kind": f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")}
    diagnosis = getattr(error, "diag", None)
    for name in ("sqlstate", "constraint_name", "table_name", "column_name"):
        if getattr(diagnosis, name, None):
            fault[name] = getattr(diagnosis, name)
    if _settings().debug:
        fault["says"] = without_secrets(str(error))
    fault["frames"] = frames[-_MOST_FRAMES:]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return fault | ({"cause": fault_of(cause)} if cause else {})


def _place(filename: str) -> str:
    """Return a file as its package names it."""
    for mark in _PLACES:
        _before, found, after = filename.rpartition(mark)
        if found:
            return after
    return Path(filename).name


def _said(told: dict[str, Any]) -> Iterator[str]:
    """Yield the lines for a terminal: time, level, message and the rest; a fault below."""
    known = {"time", "level", "logger", "message", "fault"}
    rest = " ".join(f"{name}={value}" for name, value in told.items() if name not in known)
    yield " ".join(part for part in (told["time"][11:19], told["level"].ljust(7), told["message"], rest) if part)
    fault = told.get("fault")
    while fault:
        yield f"  {fault['kind']}" + (f": {fault['says']}" if fault.get("says") else "")
        yield from (f"    {frame}" for frame in fault["frames"])
        fault = fault.get("cause")


@cache
def _settings() -> env.LogSettings:
    """Return how to write; read once a process."""
    return env.logs()


class NotEveryStart(logging.Filter):
    """Lets a job's end through and not its beginning: the end says as much, and there are many jobs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record passes."""
        return getattr(record, "action", "") != "start_job" or record.levelno > logging.INFO


def configuration(settings: env.LogSettings) -> dict[str, Any]:
    """Return Django's LOGGING: everything to stderr, in one form."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "no_tokens": {"()": "accord.kernel.secret.HidesTokens"},
            "request_id": {"()": "accord.config.observed.WithRequestId"},
            "fewer_jobs": {"()": "accord.config.logs.NotEveryStart"},
        },
        "formatters": {"lines": {"()": "accord.config.logs.Lines"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "filters": ["no_tokens", "request_id", "fewer_jobs"],
                "formatter": "lines",
            }
        },
        "root": {"handlers": ["stderr"], "level": settings.level.upper()},
        "loggers": {
            # Each request has its line already; this one brings the tracebacks of those that failed.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "procrastinate.blueprints": {"level": "WARNING"},  # what is set up at each start
            "procrastinate.periodic": {"level": "WARNING"},  # the same
            "django.db.backends": {"level": "WARNING"},  # statements hold what somebody typed
            "botocore": {"level": "WARNING"},
            "boto3": {"level": "WARNING"},
            "s3transfer": {"level": "WARNING"},
            "urllib3": {"level": "WARNING"},
        },
    }
