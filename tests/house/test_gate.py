"""The gate runs every step, tells which failed, and ends on the tally that CI reads."""

import sys

import pytest
from tools import gate

PASSES = gate.Step("format", (sys.executable, "-c", "print('fine')"))
FAILS = gate.Step("lint", (sys.executable, "-c", "print('line 7 is wrong'); raise SystemExit(1)"))
UNIT = gate.Step("tests", (sys.executable, "-c", "print('3 passed, 1 skipped in 65.20s (0:01:05)')"), is_pytest=True)
BROWSER = gate.Step(
    "browser",
    (sys.executable, "-c", "print('=== 1 failed, 2 passed in 0.50s ==='); raise SystemExit(1)"),
    is_quick=False,
    is_pytest=True,
)


@pytest.fixture
def made_of(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Replace the gate's steps by these four."""
    monkeypatch.setattr(gate, "steps", lambda *, quick, measured=False: [FAILS, PASSES, UNIT, BROWSER])
    return monkeypatch


def test_gate_goes_on_after_a_failure_and_ends_on_the_tally_of_all_tests(
    made_of: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = gate.main([])

    said = capsys.readouterr().out
    assert code == 1
    assert "line 7 is wrong" in said
    assert "fine" not in said
    assert "Failed: lint, browser." in said
    assert said.splitlines()[-1].startswith("=== 1 failed, 5 passed, 1 skipped in ")


def test_gate_passes_when_every_chosen_step_passes(
    made_of: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.main(["--only", "format", "--only", "tests"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("=== 3 passed, 1 skipped in ")


def test_quick_leaves_out_the_slow_steps(made_of: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    gate.main(["--quick"])

    assert "browser" not in capsys.readouterr().out


def test_quick_tests_leave_out_browser_and_slow() -> None:
    (step,) = [step for step in gate.steps(quick=True) if step.name == "tests"]

    assert "not browser and not slow" in step.command


@pytest.mark.parametrize("measured", [True, False])
def test_coverage_is_measured_where_it_is_asked_for(*, measured: bool) -> None:
    every = {step.name: step.command for step in gate.steps(quick=False, measured=measured)}

    assert ("coverage" in every, "coverage" in every["tests"]) == (measured, measured)


def test_types_of_the_client_and_its_operations_are_checked() -> None:
    commands = {step.name: step.command for step in gate.steps(quick=True)}

    assert "clients/python" in commands["types"]
    assert commands["client"][-2:] == ("tools.api_client", "--check")


def test_other_arguments_go_to_pytest_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[gate.Step] = []
    monkeypatch.setattr(gate, "_environment", lambda stack, chosen: {})
    monkeypatch.setattr(gate, "_run", lambda step, environment: ran.append(step) or gate.Result(step, True, 0.0))

    gate.main(["tests/ui", "-k", "fan"])

    assert [step.command[-3:] for step in ran] == [("tests/ui", "-k", "fan")]
