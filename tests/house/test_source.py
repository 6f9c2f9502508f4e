"""How the source reads: short functions, small files, told reasons, and nothing of one machine alone."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "accord"
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE = 60, 400, 120
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """Return a path as the repository knows it."""
    return str(path.relative_to(ROOT))


every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=name_of)


@every_module
def test_module_is_short_and_so_are_its_functions(path: Path) -> None:
    text = path.read_text()
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, Function)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}

    assert text.count("\n") <= LONGEST_FILE or _is_face(path, text)
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def _is_face(path: Path, text: str) -> bool:
    """Say whether a file only names what the private parts beside it offer: a list, as long as the room is wide."""
    said = ast.parse(text).body[1:]
    return path.name == "__init__.py" and all(
        isinstance(node, ast.ImportFrom) or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        for node in said
    )


@every_module
def test_public_names_say_what_they_do(path: Path) -> None:
    tree = ast.parse(path.read_text())
    silent = [node.name for node in _public(tree) if not ast.get_docstring(node)]

    assert silent == []
    assert ast.get_docstring(tree) or not tree.body, "the module has no docstring"


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Yield public functions and classes and, in a class, its public methods that nothing else documents."""
    for node in tree.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        if node.name in {"Meta", "Media"} or any("overload" in ast.unparse(one) for one in node.decorator_list):
            continue
        yield node
        if isinstance(node, ast.ClassDef):
            yield from _public(node)


@every_module
def test_inline_import_and_switched_off_rule_carry_a_reason(path: Path) -> None:
    lines = path.read_text().splitlines()
    inline = {
        node.lineno
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, Function)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    unexplained = [number for number in inline if not _explains(lines[number - 1], "PLC0415")]
    unexplained += [number for number, line in enumerate(lines, 1) if "# noqa" in line and not _explains(line, "")]

    assert unexplained == []


def _explains(line: str, code: str) -> bool:
    """True when the line switches the rule off and goes on to say why, in two words at least."""
    found = re.search(r"# noqa: ((?:[A-Z]+\d+,? ?)+)\W*(.*)", line)
    return found is not None and code in found[1] and len(found[2].split()) > 1


@every_template
def test_template_is_short_and_strictly_markup(path: Path) -> None:
    text = path.read_text()
    markup = re.sub(r"{%-?\s*comment.*?endcomment\s*-?%}|{#.*?#}", "", text, flags=re.DOTALL)

    assert text.count("\n") <= LONGEST_TEMPLATE
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", markup) == []


def test_files_name_no_machine_and_no_registry() -> None:
    folders = "|".join(["/wo" + "rk/", "/fa" + "rm/", "/home/" + r"\w+/", "/Us" + r"ers/\w+/"])
    hosts = "|".join(
        [
            "py" + r"pi\.org",
            r"python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            "arti" + "factory",
            "deb" + r"ian\.org/",
        ]
    )
    suspect = re.compile(rf"(?<![\w.-])(?:{folders})|(?:{hosts})", re.IGNORECASE)

    found = {
        name_of(path): hit[0]
        for path in kept_files()
        if (hit := suspect.search(path.read_text(encoding="utf-8", errors="ignore")))
    }

    assert found == {}


def kept_files() -> list[Path]:
    """Return the text files that git keeps or would keep; third-party code comes as it is."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in filter(None, listed.stdout.split("\0"))]
    ours = [path for path in paths if path.is_file() and not {"vendor", ".venv", ".git"} & set(path.parts)]
    return [path for path in ours if path.suffix not in {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".mo"}]
