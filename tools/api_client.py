"""Writes the operations and types of the Python client from the API's description.

python -m tools.api_client            write clients/python/accord_client/_operations.py
python -m tools.api_client --check    change nothing; exit 1 when it is behind the description
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "clients" / "python" / "accord_client" / "_operations.py"
Plain = dict[str, Any]
HEAD = '''"""Every operation of the API and the types of what it takes and answers.

Written by `python -m tools.api_client` from the API's description. Change the API, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict

from accord_client._calls import Answer, Calls, Upload, in_path
'''
KINDS = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
}
NEEDLESS = {"Problem", "FieldError"}


def main(argv: list[str] | None = None) -> int:
    """Write the file, or say whether it is behind."""
    parser = argparse.ArgumentParser(prog="python -m tools.api_client", description=__doc__.partition("\\n")[0])
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
    sys.path.insert(0, str(ROOT / "src"))
    import django  # noqa: PLC0415 (needs the settings first)

    django.setup()
    from accord.config.api import api  # noqa: PLC0415 (needs Django first)

    text = formatted(written(api.describe()))
    if asked.check:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


def formatted(text: str) -> str:
    """Return the text in the form that the repository keeps."""
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run(  # noqa: S603 (a fixed program of ours)
        [str(ruff), "format", "--stdin-filename", str(TARGET), "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def written(whole: Plain) -> str:
    """Return the whole file for a description."""
    schemas = whole["components"]["schemas"]
    types = [
        _type(name, schema) for name, schema in schemas.items() if name not in NEEDLESS and not name.endswith("Page")
    ]
    operations = [
        _operation(whole, path, method, one)
        for path, methods in whole["paths"].items()
        for method, one in methods.items()
    ]
    body = "\n".join(sorted(operations))
    return (
        HEAD
        + "\n"
        + "\n\n".join(types)
        + "\n\n\nclass Operations(Calls):\n"
        + f'    """Every operation of the API."""\n\n{body}'
    )


def _type(name: str, schema: Plain) -> str:
    """Return the type of one schema: a choice of words, or a mapping."""
    if "enum" in schema:
        return f"{name} = Literal[{', '.join(repr(one) for one in schema['enum'])}]"
    required = set(schema.get("required", ()))
    fields = {
        key: kind if key in required else f"NotRequired[{kind}]"
        for key, kind in ((key, _kind(one)) for key, one in schema.get("properties", {}).items())
    }
    said = " ".join(str(schema.get("description", "")).split()).partition(". ")[0].rstrip(".")
    if not all(key.isidentifier() and key != "in" for key in fields):
        inner = ", ".join(f'"{key}": "{kind}"' for key, kind in fields.items())
        return f'{name} = TypedDict("{name}", {{{inner}}})'
    lines = "\n".join(f"    {key}: {kind}" for key, kind in fields.items())
    return f'class {name}(TypedDict):\n    """{said}."""\n\n{lines}'.rstrip()


def _kind(schema: Plain) -> str:
    """Return how Python names a schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    choices = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if choices:
        return f"Literal[{', '.join(repr(one) for one in choices)}]"
    options = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if options:
        return " | ".join(dict.fromkeys(_kind(one) for one in options))
    return _plain_kind(schema)


def _plain_kind(schema: Plain) -> str:
    """Return how Python names a list, a mapping or a single value."""
    kind = str(schema.get("type"))
    if kind == "array":
        return f"list[{_kind(schema.get('items', {}))}]"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"dict[str, {_kind(schema['additionalProperties'])}]"
    return KINDS.get(kind, "Any")


def _operation(whole: Plain, path: str, method: str, one: Plain) -> str:
    """Return the method of one operation."""
    parameters = [_resolved(each, whole) for each in one.get("parameters", ())]
    in_path = [each for each in parameters if each["in"] == "path"]
    in_query = [each for each in parameters if each["in"] == "query" and each["name"] != "cursor"]
    headers = [each for each in parameters if each["in"] == "header"]
    media, sent = next(((kind, _kind(each["schema"])) for kind, each in _content(one.get("requestBody", {}))), ("", ""))
    sent = "Upload" if media == "multipart/form-data" else sent
    answer = _answered(one, whole)
    is_list = any(each["name"] == "cursor" for each in parameters)
    arguments = [f"{each['name']}: {_kind(each['schema'])}" for each in in_path]
    arguments += [f"body: {sent}"] if media else []
    named = [f"{each['name']}: {_optional(each)}" for each in in_query]
    named += [f"{_argument(each)}: {_optional(each)}" for each in headers]
    arguments += ["*", *named] if named else []
    query = ", ".join(f'"{each["name"]}": {each["name"]}' for each in in_query)
    address = "f" + repr(path.replace("{", "{in_path(").replace("}", ")}")) if in_path else repr(path)
    head = f"    def {one['operationId']}(self, {', '.join(arguments)}) -> "
    said = f'        """{one["summary"]}."""\n'
    if is_list:
        return f"{head}Iterator[{answer}]:\n{said}        return self._rows({address}, {{{query}}})\n"
    options = [f"query={{{query}}}"] if in_query else []
    options += [f'body=body, media="{media}"'] if media else []
    options += (
        ["headers={" + ", ".join(f'"{each["name"]}": {_argument(each)}' for each in headers) + "}"] if headers else []
    )
    options += ["creates=True"] if any(each["name"] == "Idempotency-Key" for each in headers) else []
    call = f"self._call({', '.join([repr(method.upper()), address, *options])})"
    return f"{head}Answer[{answer}]:\n{said}        return {call}\n"


def _answered(one: Plain, whole: Plain) -> str:
    """Return the type of a good answer; of a row where it is a list."""
    good = next(answer for status, answer in one["responses"].items() if status.startswith("2"))
    media, schema = next(((media, each["schema"]) for media, each in _content(good)), ("", None))
    if schema is None or media != "application/json":
        return "str" if media else "None"
    reference = str(schema.get("$ref", ""))
    if reference.endswith("Page"):
        return _kind(_resolved(schema, whole)["properties"]["items"]["items"])
    return _kind(schema)


def _content(holder: Plain) -> Iterator[tuple[str, Plain]]:
    yield from holder.get("content", {}).items()


def _optional(parameter: Plain) -> str:
    """Return the type of a named argument, with None where it may be left out."""
    kind = _kind(parameter["schema"])
    if parameter.get("required"):
        return kind
    return f"{kind} = None" if "None" in kind else f"{kind} | None = None"


def _argument(header: Plain) -> str:
    return str(header["name"]).lower().replace("-", "_")


def _resolved(value: Plain, whole: Plain) -> Plain:
    if "$ref" not in value:
        return value
    found: Any = whole
    for step in str(value["$ref"]).removeprefix("#/").split("/"):
        found = found[step]
    resolved: Plain = found
    return resolved


if __name__ == "__main__":
    raise SystemExit(main())
