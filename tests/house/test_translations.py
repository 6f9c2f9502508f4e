"""Catalogues are where Django finds them, and the check of translations finds what is wrong."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from tools import messages


def test_every_catalogue_lies_where_django_looks() -> None:
    looked_at = {Path(app.path) / "locale" for app in apps.get_app_configs()} | set(map(Path, settings.LOCALE_PATHS))
    homeless = [app.name for app in messages.apps() if app / "locale" not in looked_at]

    assert homeless == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (polib.POEntry(msgid="Sign", msgstr=""), "untranslated"),
        (polib.POEntry(msgid="Sign", msgstr="签署", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="%(n)s teams", msgstr="%(m)s 个团队"), "other placeholders"),
        (polib.POEntry(msgid="Due {day}", msgstr="截止"), "other placeholders"),
        (polib.POEntry(msgid="One", msgid_plural="%(n)s teams", msgstr_plural={0: ""}), "untranslated"),
    ],
)
def test_fault_of_a_translation_is_found(entry: polib.POEntry, said: str) -> None:
    (fault,) = messages.faults(entry)

    assert fault.startswith(said)


@pytest.mark.parametrize(
    "entry",
    [
        polib.POEntry(msgid="%(done)s of %(all)s", msgstr="共 %(all)s 项，已完成 %(done)s 项"),
        polib.POEntry(msgid="One team", msgid_plural="%(n)s teams", msgstr_plural={0: "%(n)s 个团队"}),
        polib.POEntry(msgid="Sign", msgstr="签署"),
    ],
)
def test_sound_translation_is_left_in_peace(entry: polib.POEntry) -> None:
    assert list(messages.faults(entry)) == []


def test_text_that_two_apps_translate_differently_is_found() -> None:
    catalogues = {app: polib.POFile() for app in ("measures", "people", "ui")}
    catalogues["measures"].append(polib.POEntry(msgid="Unit", msgstr="计量单位"))
    catalogues["people"].append(polib.POEntry(msgid="Unit", msgstr="部门"))
    catalogues["ui"].append(polib.POEntry(msgid="Unit", msgctxt="of an institution", msgstr="部门"))

    (fault,) = messages.collisions(catalogues)

    assert fault.startswith("'Unit' has several translations")


def test_collecting_twice_changes_nothing_and_leaves_the_tree_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = tmp_path / "people"
    app.mkdir()
    (app / "views.py").write_text('from django.utils.translation import gettext as _\nTITLE = _("Sign in")\n')
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    path = app / messages.CATALOGUE
    path.parent.mkdir(parents=True)

    messages.save(messages.collect(app), path)
    path.write_text(path.read_text().replace('"Sign in"\nmsgstr ""', '"Sign in"\nmsgstr "登录"'))
    translated = path.read_bytes()
    messages.save(messages.collect(app), path)

    assert path.read_bytes() == translated
    assert "登录".encode() in translated
    assert b"views.py" not in translated
    assert messages.problems(app) == []


def test_text_that_nobody_collected_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = tmp_path / "people"
    path = app / messages.CATALOGUE
    path.parent.mkdir(parents=True)
    (app / "views.py").write_text('from django.utils.translation import gettext as _\nTITLE = _("Sign in")\n')
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    messages.save(polib.POFile(), path)

    assert messages.problems(app) == [
        f"people/{messages.CATALOGUE}: not collected yet: 'Sign in'. Run: python -m tools.messages"
    ]


def test_texts_are_marked_only_by_names_that_the_collector_knows() -> None:
    renamed = re.compile(r"gettext(?:_lazy|_noop)? as (?!_$)\w+", re.MULTILINE)
    strangers = [str(path) for path in messages.APPS.rglob("*.py") if renamed.search(path.read_text(encoding="utf-8"))]

    assert strangers == []
