"""Commands on an installation, run as processes: apply, board, export, doctor, backup, refusals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.config.cli.conftest import AGREEMENTS, Installation

Copied = Callable[..., Installation]


def test_apply_twice_changes_nothing_and_says_so(original: Installation) -> None:
    before = original.execute("SELECT key, version, digest FROM agreements_agreement ORDER BY key")

    found: Any = original.data("agreement", "apply", *AGREEMENTS)

    assert found == {
        "agreements": [
            {"agreement": "chengdu-cass", "changes": [], "refused": False},
            {"agreement": "zju-ant", "changes": [], "refused": False},
        ],
        "snapshots": 0,
    }
    assert original.execute("SELECT key, version, digest FROM agreements_agreement ORDER BY key") == before


def test_apply_takes_a_snapshot_of_every_promise(original: Installation) -> None:
    assert original.execute("SELECT count(*) FROM measures_snapshot") == original.execute(
        "SELECT count(*) FROM agreements_commitment"
    )


def test_refused_file_leaves_the_other_file_out_too(copied: Copied, tmp_path: Path) -> None:
    made = copied("refused")
    signed, other = tmp_path / "signed.yaml", tmp_path / "other.yaml"
    text = AGREEMENTS[0].read_text(encoding="utf-8")
    signed.write_text(text.replace("target: 300", "target: 250", 1))
    other.write_text(text.replace("agreement: chengdu-cass", "agreement: a-new-one", 1))

    ended = made.run("agreement", "apply", other, signed)

    assert (ended.returncode, ended.stdout) == (4, "")
    assert "promises[resident-teams].target: What was signed stays." in ended.stderr
    assert made.execute("SELECT key FROM agreements_agreement ORDER BY key") == [("chengdu-cass",), ("zju-ant",)]


def test_board_as_json_holds_every_promise_with_the_provenance_of_each_figure(original: Installation) -> None:
    found: Any = original.data("board", "--as-of", "2019-09-30")

    boards = {one["agreement"]: one for one in found["agreements"]}
    assert {key: len(one["promises"]) for key, one in boards.items()} == {"chengdu-cass": 10, "zju-ant": 10}
    figures = [
        one[name]
        for board in boards.values()
        for one in board["promises"]
        for name in ("promised", "delivered")
        if one[name]
    ]
    assert figures != []
    assert all(figure["provenance"] for figure in figures)
    teams = boards["chengdu-cass"]["promises"][0]
    assert (teams["promised"]["target"], teams["delivered"]["amount"]) == (300, 102)
    assert teams["delivered"]["provenance"] == ["stated"]
    assert teams["delivered"]["parts"][0]["cited"]["paragraph"] == 3


def test_board_before_the_baseline_was_stated_does_not_know_it(original: Installation) -> None:
    found: Any = original.data("board", "chengdu-cass", "--as-of", "2019-07-08")

    assert found["agreements"][0]["promises"][0]["delivered"] is None


def test_board_for_people_speaks_the_language_asked_for(original: Installation) -> None:
    ended = original.run("board", "zju-ant", "--language", "zh-hans")

    assert ended.returncode == 0
    assert "浙江大学" in ended.stdout.splitlines()[0]


@pytest.mark.parametrize(
    "arguments",
    [("board", "nowhere"), ("forecast", "--promise", "nothing"), ("agreement", "export", "nowhere")],
    ids=lambda value: value[0],
)
def test_what_is_not_there_ends_with_3(original: Installation, arguments: tuple[str, ...]) -> None:
    ended = original.run(*arguments)

    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr.startswith("Error: There is no ")


def test_forecast_as_json_lists_promises_with_a_number(original: Installation) -> None:
    found: Any = original.data("forecast", "--as-of", "2019-09-30")

    keys = [one["key"] for one in found["forecasts"]]
    assert keys == ["resident-teams", "research-personnel", "operated-area"]


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_export_gives_the_applied_file_back(original: Installation, path: Path) -> None:
    ended = original.run("agreement", "export", path.stem)

    assert ended.stdout == path.read_text(encoding="utf-8")


def test_database_of_a_newer_version_is_refused(copied: Copied) -> None:
    made = copied("newer")
    made.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('measures', '0099_later', now())")

    ended = made.run("board")

    assert (ended.returncode, ended.stdout) == (4, "")
    assert "made by a newer Accord: it holds measures.0099_later" in ended.stderr


def test_reading_leaves_an_older_database_of_others_alone(copied: Copied) -> None:
    made = copied("older")
    made.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    ended = made.run("board")

    assert ended.returncode == 4
    assert "The database lacks 1 migrations of this version, sessions.0001_initial first." in ended.stderr


def test_server_that_does_not_answer_ends_with_6(original: Installation, tmp_path: Path) -> None:
    ended = original.run("board", DATABASE_URL=f"postgresql://nobody@/none?host={tmp_path}")

    assert ended.returncode == 6
    assert "does not answer" in ended.stderr


def test_doctor_finds_what_was_planted_and_nothing_before(copied: Copied) -> None:
    made = copied("ill")
    before = made.run("doctor")
    made.execute("UPDATE agreements_commitment SET target = 999 WHERE key = 'resident-teams'")

    after = made.run("doctor", "--quiet")

    assert before.returncode == 0, before.stdout
    assert after.returncode == 5
    assert "✗ agreements       chengdu-cass differs from its file" in after.stdout


def test_backup_restored_elsewhere_is_the_same_database(copied: Copied, tmp_path: Path) -> None:
    made, empty = copied("source"), copied("target", of="template0")
    file = tmp_path / "all.backup"
    counted = "SELECT (SELECT count(*) FROM agreements_commitment), (SELECT count(*) FROM measures_snapshot)"

    written = made.run("backup", "-o", file)
    restored = empty.run("restore", file)

    assert (written.returncode, written.stdout) == (0, f"{file}\n")
    assert restored.returncode == 0, restored.stderr
    assert empty.execute(counted) == made.execute(counted)
    assert empty.run("agreement", "export", "zju-ant").stdout == AGREEMENTS[1].read_text(encoding="utf-8")


def test_restore_replaces_only_when_told_to(copied: Copied, tmp_path: Path) -> None:
    made = copied("kept")
    file = tmp_path / "all.backup"
    made.run("backup", "-o", file)
    made.execute("UPDATE agreements_agreement SET version = 77 WHERE key = 'zju-ant'")
    version = "SELECT version FROM agreements_agreement WHERE key = 'zju-ant'"

    refused = made.run("restore", file)
    kept = made.execute(version)
    replaced = made.run("restore", file, "--replace", "--yes")

    assert (refused.returncode, kept) == (4, [(77,)])
    assert (replaced.returncode, made.execute(version)) == (0, [(1,)]), replaced.stderr


def test_opened_account_may_sign_in_as_what_was_granted(copied: Copied) -> None:
    made = copied("accounts")

    ended = made.run(
        *("account", "open", "li@example.org", "--name", "李雷", "--role", "officer"),
        *("--institution", "dreamworks", "--password", "correct-horse-battery"),
    )

    assert ended.returncode == 0, ended.stderr
    assert made.execute(
        """SELECT account.email, person.name, role.role, institution.key FROM people_account account
           JOIN people_person person ON person.id = account.person_id
           JOIN people_rolegrant role ON role.person_id = person.id
           JOIN people_institution institution ON institution.id = role.institution_id"""
    ) == [("li@example.org", {"zh-hans": "李雷"}, "officer", "dreamworks")]


def test_grant_keeps_who_made_it(copied: Copied) -> None:
    made = copied("granted")
    password = ("--password", "correct-horse-battery")
    li = ("account", "open", "li@example.org", "--name", "李雷", "--role", "executive", *password)

    first = made.run("account", "open", "ana@example.org", "--name", "Ana", "--role", "steward", *password)
    again = made.run("account", "open", "ana@example.org", "--name", "Ana", "--role", "steward", *password)
    unsaid, unknown = made.run(*li), made.run(*li, "--by", "nobody@example.org")
    second = made.run(*li, "--by", "ana@example.org")
    not_theirs = made.run(
        "account", "open", "bo@example.org", "--name", "Bo", "--role", "officer", *password, "--by", "li@example.org"
    )

    assert [one.returncode for one in (first, again, unsaid, unknown, second, not_theirs)] == [0, 0, 2, 3, 0, 3]
    assert "Add --by with the steward's address." in unsaid.stderr
    assert made.execute(
        """SELECT person.key, role.role, granter.key, role.granted_at IS NOT NULL FROM people_rolegrant role
           JOIN people_person person ON person.id = role.person_id
           JOIN people_person granter ON granter.id = role.granted_by_id ORDER BY role.id"""
    ) == [
        ("ana-example-org", "steward", "ana-example-org", True),
        ("li-example-org", "executive", "ana-example-org", True),
    ]
    assert made.execute("SELECT count(*) FROM people_account") == [(2,)]
