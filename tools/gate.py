"""The whole gate behind `./accord test`: one word for people and for CI.

    ./accord test                     everything
    ./accord test --quick             without browser and slow tests
    ./accord test --coverage          everything, and what the tests reach, held to a floor; takes half as long again
    ./accord test --only mypy         one step (repeatable)
    ./accord test tests/ui -k fan     pytest alone, with these arguments

Every step runs even when an earlier one failed; each failing step shows its output. Steps that only
read the source run two at a time, test runs alone: they use both cores themselves. One throw-away
PostgreSQL serves all steps unless DATABASE_URL names a server. The last line is the tally of both
pytest runs in pytest's own form. Exit code 0 when all steps passed, 1 when one failed, 130 when stopped.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
COVERAGE_FLOOR = 85
TALLY = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed|deselected|warnings?)\b")
CLOSING = re.compile(r"^=*\s*(?:\d+ \w+, )*\d+ \w+ in [\d.]+s")
NOTHING_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, its command, and when it runs."""

    name: str
    command: tuple[str, ...]
    is_quick: bool = True
    is_pytest: bool = False
    needs_database: bool = False


@dataclass(slots=True)
class Result:
    """How a step went; `tally` counts tests by outcome where the step ran any."""

    step: Step
    passed: bool
    seconds: float
    tally: Counter[str] = field(default_factory=Counter)


def steps(*, quick: bool, measured: bool = False) -> list[Step]:
    """Return every step in the order it runs; `measured` adds coverage."""
    python = sys.executable
    unit = "not browser and not slow" if quick else "not browser"
    run = (python, *(("-m", "coverage", "run") if measured else ()), "-m", "pytest")
    return [
        Step("format", (f"{BIN}/ruff", "format", "--check", ".")),
        Step("lint", (f"{BIN}/ruff", "check", ".")),
        Step("types", (f"{BIN}/mypy", "src", "benchmarks", "tools", "clients/python")),
        Step("client", (python, "-m", "tools.api_client", "--check"), needs_database=True),
        Step("contracts", (f"{BIN}/lint-imports", "--no-logo")),
        # lint only: djlint writes some templates differently the second time, so its format cannot be checked
        Step("templates", (f"{BIN}/djlint", "src", "--lint", "--quiet")),
        Step(
            "migrations",
            (python, "-m", "django", "makemigrations", "--check", "--dry-run"),
            needs_database=True,
        ),
        Step("translations", (python, "-m", "tools.messages", "--check")),
        Step("tests", (*run, "-n", "2", "-m", unit), is_pytest=True, needs_database=True),
        # not measured: what a browser reaches, the tests above reach too, and measuring makes every page slower
        Step(
            "browser",
            (python, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-m", "browser"),
            is_quick=False,
            is_pytest=True,
            needs_database=True,
        ),
        *([Step("coverage", (python, "-m", "tools.gate_coverage", str(COVERAGE_FLOOR)))] if measured else ()),
    ]


def main(arguments: list[str]) -> int:
    """Run the chosen steps and return the exit code."""
    options, pytest_arguments = _parser().parse_known_args(arguments)
    chosen = _choose(options, pytest_arguments)
    started = time.monotonic()
    with ExitStack() as stack:
        environment = _environment(stack, chosen)
        results = _run_all(chosen, environment)
    _summarise(results, time.monotonic() - started)
    return 0 if all(result.passed for result in results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./accord test", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="leave out browser and slow tests")
    parser.add_argument("--coverage", action="store_true", help="measure what the tests reach, and hold it to a floor")
    parser.add_argument(
        "--only", action="append", default=[], metavar="STEP", choices=_names(), help=", ".join(_names())
    )
    return parser


def _names() -> list[str]:
    return [step.name for step in steps(quick=False)]


def _choose(options: argparse.Namespace, pytest_arguments: list[str]) -> list[Step]:
    if pytest_arguments and not options.only:
        command = (sys.executable, "-m", "pytest", *pytest_arguments)
        return [Step("tests", command, is_pytest=True, needs_database=True)]
    every = steps(quick=options.quick, measured=options.coverage)
    if options.only:
        return [step for step in every if step.name in options.only]
    return [step for step in every if step.is_quick or not options.quick]


def _environment(stack: ExitStack, chosen: list[Step]) -> dict[str, str]:
    """Return the steps' environment: their own settings and, where one is needed, a server."""
    scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="accord-gate-"))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "accord.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", "")]),
        "ACCORD_DATA_DIR": scratch,
        "ACCORD_SECRET_KEY": "a key for tests alone",
        "PYTHONUNBUFFERED": "1",
    }
    # Tests start hundreds of processes; each would compile all of Django anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if any(step.name == "coverage" for step in chosen):  # test processes and the commands they start
        environment |= {
            "COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml"),
            "COVERAGE_FILE": f"{scratch}/coverage",
        }
    if any(step.needs_database for step in chosen) and not environment.get("DATABASE_URL"):
        sys.path.insert(0, str(ROOT / "src"))
        from accord.config.postgres import throwaway  # noqa: PLC0415 only steps with a database need it on the path

        environment["DATABASE_URL"] = stack.enter_context(throwaway()).url
    return environment


def _run_all(chosen: list[Step], environment: dict[str, str]) -> list[Result]:
    """Run steps in their order, two at a time where they are no test runs; return how each went, in that order."""
    results: list[Result] = []
    for is_pytest, together in groupby(chosen, key=lambda step: step.is_pytest):
        with ThreadPoolExecutor(1 if is_pytest else 2) as pool:
            results += pool.map(partial(_run, environment=environment), together)
    return results


def _run(step: Step, environment: dict[str, str]) -> Result:
    """Run one step; a test run is shown as it goes, any other only when it fails."""
    say(f"  {step.name} ...")
    started = time.monotonic()
    output, code = _follow(step, environment)
    seconds = time.monotonic() - started
    passed = code == 0 or (step.is_pytest and step.name == "browser" and code == NOTHING_COLLECTED)
    say(f"{_mark(passed=passed)} {step.name:<14}{seconds:7.1f} s")
    if not passed and not step.is_pytest:
        say(output.rstrip())
    return Result(step, passed, seconds, _count(output) if step.is_pytest else Counter())


def _follow(step: Step, environment: dict[str, str]) -> tuple[str, int]:
    lines: list[str] = []
    with subprocess.Popen(  # noqa: S603 every command is written in this file
        step.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if step.is_pytest:
                say(line.rstrip("\n"))
    return "".join(lines), process.returncode


def _count(output: str) -> Counter[str]:
    """Return the outcomes that pytest's closing line tells."""
    closing = [line for line in output.splitlines() if CLOSING.match(line)]
    tally: Counter[str] = Counter()
    for number, outcome in TALLY.findall(closing[-1]) if closing else ():
        tally[outcome] += int(number)
    return tally


def _summarise(results: list[Result], seconds: float) -> None:
    say("")
    for result in results:
        say(f"{_mark(passed=result.passed)} {result.step.name:<14}{result.seconds:7.1f} s")
    failed = [result.step.name for result in results if not result.passed]
    say(
        f"Failed: {', '.join(failed)}. Run one again with: ./accord test --only {failed[0]}"
        if failed
        else "All passed."
    )
    tally = sum((result.tally for result in results), Counter[str]())
    if tally:
        told = ", ".join(
            f"{number} {outcome}" for outcome, number in sorted(tally.items(), key=lambda pair: _rank(pair[0]))
        )
        say(f"=== {told} in {seconds:.2f}s ===")


def _rank(outcome: str) -> int:
    order = [
        "failed",
        "passed",
        "skipped",
        "deselected",
        "xfailed",
        "xpassed",
        "warning",
        "warnings",
        "error",
        "errors",
    ]
    return order.index(outcome)


def _mark(*, passed: bool) -> str:
    sign, colour = ("✓", "32") if passed else ("✗", "31")
    is_plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
    return sign if is_plain else f"\x1b[{colour}m{sign}\x1b[0m"


def say(line: str) -> None:
    """Write one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
