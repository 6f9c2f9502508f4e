"""Examples made from a schema, so that they cannot say something else than it does."""

import json
import shlex
from collections.abc import Mapping
from typing import Any

Plain = dict[str, Any]
_BY_TYPE: dict[str, Any] = {"string": "…", "integer": 1, "number": 1.5, "boolean": True, "null": None}
_BY_FORMAT = {
    "date": "2019-09-30",
    "date-time": "2019-09-30T09:00:00Z",
    "uri": "https://example.org/",
    "email": "name@example.org",
    "uuid": "8e03978e-40d5-43dd-bc93-6894a57f9324",
}
_DEEPEST = 8
_MULTIPART = "multipart/form-data"
_GIVEN = ("example", "const", "default")


def resolve(schema: Plain, whole: Plain) -> Plain:
    """Return what a reference leads to, with the reference's own neighbours."""
    reference = schema.get("$ref", "")
    if not reference:
        return schema
    found: Any = whole
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return {**found, **{key: value for key, value in schema.items() if key != "$ref"}}


def example_of(schema: Plain, whole: Plain, depth: int = 0) -> Any:
    """Return a value that the schema allows."""
    schema = resolve(schema, whole)
    given = [*(schema.get("examples") or schema.get("enum") or ()), *(schema[key] for key in _GIVEN if key in schema)]
    if given:
        return given[0]
    options = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if options:
        return example_of(next((one for one in options if one.get("type") != "null"), options[0]), whole, depth)
    if depth > _DEEPEST:
        return None
    return _made(schema, whole, depth)


def _made(schema: Plain, whole: Plain, depth: int) -> Any:
    """Return a value that nobody gave an example for."""
    if "properties" in schema:
        return {name: example_of(one, whole, depth + 1) for name, one in schema["properties"].items()}
    if schema.get("type") == "array":
        return [example_of(schema.get("items", {}), whole, depth + 1)]
    if schema.get("type") == "object":
        return {}
    return _BY_FORMAT.get(schema.get("format", ""), _BY_TYPE.get(str(schema.get("type"))))


def as_json(value: Any) -> str:
    """Return a value as it is read best."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def curl_of(
    method: str, address: str, *, headers: Mapping[str, str], query: Mapping[str, Any], body: str, media: str
) -> str:
    """Return the request as a command."""
    lines = [f"curl {'-X ' + method + ' ' if method != 'GET' else ''}{shlex.quote(address + _asked(query))}"]
    lines.append('-H "Authorization: Bearer $TOKEN"')
    lines += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items()]
    if media == _MULTIPART:
        return " \\\n  ".join([*lines, "-F file=@minutes.pdf", "-F 'note=Minutes of the second meeting'"])
    if media:
        lines.append(f"-H {shlex.quote(f'Content-Type: {media}')}")
    if body and media == "application/json":
        lines.append(f"-d {shlex.quote(body)}")
    elif media:
        lines.append("--data-binary @agreement.yaml")
    return " \\\n  ".join(lines)


def python_of(
    operation: str, *, path: list[Any], query: Mapping[str, Any], body: Any, media: str, is_list: bool
) -> str:
    """Return the request as a line of the Python client."""
    given = [repr(value) for value in path]
    if media == "application/json":
        given.append(_python(body))
    elif media == _MULTIPART:
        given.append('Upload("minutes.pdf", Path("minutes.pdf").read_bytes(), "Minutes of the second meeting")')
    elif media:
        given.append('Path("agreement.yaml").read_text()')
    given += [f"{name}={value!r}" for name, value in query.items()]
    call = f"accord.{operation}({', '.join(given)})"
    return f"for row in {call}:\n    print(row)" if is_list else call


def _python(value: Any) -> str:
    """Return a body as Python writes it, one member a line."""
    text = as_json(value)
    for json_word, python_word in ((": true", ": True"), (": false", ": False"), (": null", ": None")):
        text = text.replace(json_word, python_word)
    return text


def _asked(query: Mapping[str, Any]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""
