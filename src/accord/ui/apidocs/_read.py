"""Reads an OpenAPI description into what its pages show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accord.ui.apidocs._examples import as_json, curl_of, example_of, python_of, resolve

Plain = dict[str, Any]
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body or an answer."""

    name: str
    where: str
    kind: str
    is_required: bool
    words: str
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of an operation."""

    status: str
    words: str
    fields: tuple[Field, ...] = ()
    example: str = ""
    is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """One operation as a list names it."""

    code: str
    method: str
    path: str
    summary: str
    tag: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, ready for its page."""

    head: Head
    words: str
    scope: str
    permission: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    media: str
    answers: tuple[Answer, ...]
    curl: str
    python: str


def heads_in(whole: Plain) -> list[Head]:
    """Return the head of every operation of a description, in the order of its tags."""
    found = [_head(path, method, one) for path, method, one in _every(whole)]
    tags = [tag["name"] for tag in whole.get("tags", ())]
    return sorted(found, key=lambda one: (tags.index(one.tag) if one.tag in tags else len(tags), one.path, one.method))


def operation_in(whole: Plain, code: str, host: str) -> Operation | None:
    """Return the operation with a code, with examples that name the host; None where there is none."""
    return next(
        (
            _operation(whole, host, path, method, one)
            for path, method, one in _every(whole)
            if one["operationId"] == code
        ),
        None,
    )


def _every(whole: Plain) -> Iterator[tuple[str, str, Plain]]:
    """Yield path, method and description of every operation."""
    for path, methods in whole["paths"].items():
        for method, one in methods.items():
            yield path, method, one


def _head(path: str, method: str, one: Plain) -> Head:
    tag = (one.get("tags") or [""])[0]
    return Head(one["operationId"], method.upper(), path, one.get("summary", ""), tag)


def _operation(whole: Plain, host: str, path: str, method: str, one: Plain) -> Operation:
    """Return one operation."""
    parameters = [resolve(each, whole) for each in one.get("parameters", ())]
    media, body_schema = _body(one)
    fields = tuple(_fields(resolve(body_schema, whole), whole)) if media == JSON else ()
    curl, python = _calls(whole, host + path, method.upper(), one, parameters)
    return Operation(
        head=_head(path, method, one),
        words=one.get("description", "").replace("`", ""),
        scope=one.get("x-scope", ""),
        permission=one.get("x-permission", ""),
        parameters=tuple(_parameter(each, whole) for each in parameters),
        body=fields,
        media=media,
        answers=tuple(_answer(status, each, whole) for status, each in one["responses"].items()),
        curl=curl,
        python=python,
    )


def _body(one: Plain) -> tuple[str, Plain]:
    """Return the kind of body and its schema; nothing where there is none."""
    content = one.get("requestBody", {}).get("content", {})
    return next(((media, each["schema"]) for media, each in content.items()), ("", {}))


def _calls(whole: Plain, address: str, method: str, one: Plain, parameters: list[Plain]) -> tuple[str, str]:
    """Return the example as a command and as a line of Python."""
    path = {each["name"]: _value(each, whole) for each in parameters if each["in"] == "path"}
    headers = {
        each["name"]: str(_value(each, whole))
        for each in parameters
        if each["in"] == "header" and each["name"] != "If-None-Match"
    }
    filters = [
        each for each in parameters if each["in"] == "query" and each["name"] not in {"limit", "cursor", "q", "sort"}
    ]
    query = {each["name"]: _value(each, whole) for each in filters[-1:]}
    media, schema = _body(one)
    body = example_of(schema, whole) if media == JSON else None
    text = "" if body is None else as_json(body)
    curl = curl_of(method, address.format(**path), headers=headers, query=query, body=text, media=media)
    listed = any(each["name"] == "cursor" for each in parameters)
    python = python_of(
        one["operationId"], path=list(path.values()), query=query, body=body, media=media, is_list=listed
    )
    return curl, python


def _value(parameter: Plain, whole: Plain) -> Any:
    """Return an example of a parameter."""
    return parameter.get("example") or example_of(parameter.get("schema", {}), whole)


def _parameter(one: Plain, whole: Plain) -> Field:
    """Return a parameter."""
    schema = resolve(one.get("schema", {}), whole)
    words = (one.get("description") or schema.get("description", "")).replace("`", "")
    return Field(
        one["name"], one["in"], _kind(schema, whole), bool(one.get("required")), words, _choices(schema, whole)
    )


def _answer(status: str, one: Plain, whole: Plain) -> Answer:
    """Return one answer: a refusal by its words, a good one with its fields and an example."""
    whole_one = resolve(one, whole)
    words = whole_one.get("description", "").replace("`", "")
    if "$ref" in one:
        return Answer(status, words, is_refusal=True)
    schema = whole_one.get("content", {}).get(JSON, {}).get("schema")
    if not schema:
        return Answer(status, words)
    return Answer(status, words, tuple(_fields(resolve(schema, whole), whole)), as_json(example_of(schema, whole)))


def _fields(schema: Plain, whole: Plain, under: str = "") -> Iterator[Field]:
    """Yield the fields of an object, those of objects within it by their path."""
    required = schema.get("required", ())
    for name, each in schema.get("properties", {}).items():
        found = _one_of(resolve(each, whole), whole)
        words = (each.get("description") or found.get("description", "")).replace("`", "")
        full = f"{under}{name}"
        yield Field(full, "body", _kind(found, whole), name in required, words, _choices(found, whole))
        inner = _one_of(resolve(found.get("items", {}), whole), whole) if found.get("type") == "array" else found
        mark = "[]." if found.get("type") == "array" else "."
        if inner.get("properties") and under.count(".") < 2:  # noqa: PLR2004 (deeper ones are named by their own operation)
            yield from _fields(inner, whole, f"{full}{mark}")


def _one_of(schema: Plain, whole: Plain) -> Plain:
    """Return the choice that is not null, marked as one that may be."""
    options = schema.get("anyOf")
    if not options:
        return schema
    there = [one for one in options if one.get("type") != "null"]
    found = resolve(there[0], whole) if there else {}
    return {**found, "nullable": len(there) < len(options), **{k: v for k, v in schema.items() if k == "description"}}


def _kind(schema: Plain, whole: Plain) -> str:
    """Return what sort of value it is, in a word or two."""
    found = _one_of(schema, whole)
    kind = str(found.get("format") or found.get("type") or ("text" if "enum" in found else "any"))
    if found.get("type") == "array":
        kind = f"list of {_kind(resolve(found.get('items', {}), whole), whole)}"
    return f"{kind} or null" if found.get("nullable") else kind


def _choices(schema: Plain, whole: Plain) -> str:
    """Return the values that may be sent, where they are few."""
    found = _one_of(schema, whole)
    return ", ".join(str(one) for one in found.get("enum", ()))
