"""The API's own description (OpenAPI 3.1): what every operation shares is said once."""

import json
import re
from collections.abc import Mapping
from typing import Any

from accord.kernel.api._guard import MULTIPART, READ, Door
from accord.kernel.api.problems import MEDIA_TYPE
from accord.kernel.api.shapes import Problem

Plain = dict[str, Any]
_PAGE = re.compile(r'Page_(\w+?)_(?=")')  # how pydantic names a part of a list

REFUSALS: dict[int, tuple[str, str]] = {
    400: ("Unreadable", "The body cannot be read as what it says it is."),
    401: ("NotKnown", "No token is shown, or it opens nothing (any more)."),
    403: ("NotAllowed", "The person, or the token, may not do this."),
    404: ("NotThere", "There is nothing here that the person may know of."),
    409: ("Clash", "It does not fit the present state."),
    412: ("Stale", "The record changed since the version that If-Match names; `version` is the one that holds."),
    413: ("TooLarge", "The body is larger than is taken at once."),
    415: ("WrongMediaType", "The body is of a kind that is not taken here."),
    422: ("Refused", "Some of what was sent does not fit; `errors` names each place."),
    428: ("VersionMissing", "If-Match is missing."),
    429: ("TooMany", "More requests than the limit allows; come back after Retry-After seconds."),
}
HEADERS: dict[str, Plain] = {
    "RateLimit": {
        "description": "What is left: `r` requests now, all again in `t` seconds.",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {"description": "The limit: `q` requests in `w` seconds.", "schema": {"type": "string"}},
    "ETag": {"description": "The record's version, for If-Match and If-None-Match.", "schema": {"type": "string"}},
    "Link": {"description": "Addresses of the next and the previous part (RFC 8288).", "schema": {"type": "string"}},
    "Location": {"description": "Address of what was made.", "schema": {"type": "string", "format": "uri"}},
    "Idempotency-Replayed": {
        "description": "`true` where this is the answer that the same key got before.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to become known.", "schema": {"type": "string"}},
}
PARAMETERS: dict[str, Plain] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "A key of your own, such as a UUID. The same key with the same request makes one record "
        "and gets the same answer for 24 hours; with another request it is refused.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of the version that the change is made from.",
        "schema": {"type": "string", "minLength": 1},
        "example": '"3"',
    },
    "IfMatchIfThere": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of the version that the change is made from. Needed where the record is there.",
        "schema": {"type": "string", "minLength": 1},
        "example": '"3"',
    },
    "IfNew": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "`*` makes the record and changes none that is there. Needed where the record is new.",
        "schema": {"type": "string", "enum": ["*"]},
        "example": "*",
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of the version that you have; 304 says that it still holds.",
        "schema": {"type": "string", "minLength": 1},
        "example": '"3"',
    },
}


def extras(door: Door, media: str, *, has_version: bool) -> Plain:
    """Return what an operation's description has beside its parameters and answers."""
    extra: Plain = {"responses": _refusals(door), "x-scope": door.scope, "x-versioned": has_version}
    if door.may:
        extra["x-permission"] = str(door.may)
    parameters = _parameters(door)
    if parameters:
        extra["parameters"] = parameters
    if media != "application/json":
        extra["responses"][200] = {"content": {media: {"schema": {}}}}
    if door.body not in {"", "application/json", MULTIPART}:
        extra["requestBody"] = {
            "required": True,
            "content": {door.body: {"schema": {"type": "string", "minLength": 1}}},
        }
    return extra


def finish(schema: Plain) -> Plain:
    """Return the whole description with its shared parts, headers on every answer, and references that tools follow."""
    schema = json.loads(_PAGE.sub(r"\1Page", json.dumps(schema)))
    parts = schema.setdefault("components", {})
    parts["schemas"] = dict(sorted({**parts.get("schemas", {}), **_problem_schema()}.items()))
    parts["headers"] = {_part(name): header for name, header in HEADERS.items()}
    parts["parameters"] = PARAMETERS
    parts["responses"] = {name: _refusal(status, words) for status, (name, words) in REFUSALS.items()}
    parts["responses"]["Failed"] = _refusal(500, "A fault of Accord's own, or a server that is not ready.")
    parts["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal access token, made under your account.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The session of a page; changes also need the cookie csrftoken as the header X-CSRFToken.",
        },
    }
    schema["security"] = [{"token": []}, {"session": []}]
    schema["paths"] = dict(sorted(schema["paths"].items()))
    for operations in schema["paths"].values():
        for operation in operations.values():
            _finish_operation(operation)
    plain: Plain = _without_single_all_of(schema)
    return _without_unused(plain)


def _without_unused(schema: Plain) -> Plain:
    """Return the description without schemas that nothing refers to: forms of a question became its parameters."""
    schemas = schema["components"]["schemas"]
    text = json.dumps(schema)
    used = {name: one for name, one in schemas.items() if f'"#/components/schemas/{name}"' in text}
    schema["components"]["schemas"] = used
    return schema if len(used) == len(schemas) else _without_unused(schema)


def _refusals(door: Door) -> Plain:
    """Return the refusals that an operation can answer with."""
    statuses = [401, 403, 404, 413, 422, 429]
    if door.body:
        statuses += [400, 415]
    if door.scope != READ:
        statuses += [409]
    if door.matches:
        statuses += [412, 428]
    found: Plain = {
        str(status): {"$ref": f"#/components/responses/{REFUSALS[status][0]}"} for status in sorted(statuses)
    }
    return {**found, "default": {"$ref": "#/components/responses/Failed"}}


def _parameters(door: Door) -> list[Plain]:
    """Return the headers that an operation reads."""
    asked = (
        ("IdempotencyKey", door.creates),
        ("IfMatch", door.matches and not door.may_be_new),
        ("IfMatchIfThere", door.may_be_new),
        ("IfNew", door.may_be_new),
    )
    names = [name for name, is_asked in asked if is_asked]
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _refusal(status: int, words: str) -> Plain:
    """Return the shared answer for one status."""
    names = {
        401: ["WWW-Authenticate"],
        403: ["WWW-Authenticate"],
        409: ["Retry-After"],
        412: ["ETag"],
        429: ["Retry-After"],
    }
    headers = ["RateLimit-Policy", "RateLimit", *names.get(status, [])]
    return {
        "description": words,
        "headers": {name: {"$ref": f"#/components/headers/{_part(name)}"} for name in headers},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _finish_operation(operation: Plain) -> None:
    """Name the headers of each good answer, and make the statuses texts, as JSON has them."""
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    has_version = operation.pop("x-versioned", False)
    for parameter in operation.get("parameters", ()):
        parameter.pop("examples", None)  # they stand in its schema, as JSON Schema has them
    for status, answer in responses.items():
        if "$ref" in answer:
            continue
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        names = ["RateLimit-Policy", "RateLimit"]
        names += ["Link"] if str(schema.get("$ref", "")).endswith("Page") else []
        names += ["ETag"] if has_version else []
        names += ["Location", "Idempotency-Replayed"] if status == "201" else []
        answer["headers"] = {name: {"$ref": f"#/components/headers/{_part(name)}"} for name in names}
    if has_version and operation["x-scope"] == READ:
        responses["304"] = {"description": "The version named by If-None-Match still holds."}
        operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/IfNoneMatch"})
    operation["responses"] = dict(sorted(responses.items()))
    if not operation.get("parameters"):
        operation.pop("parameters", None)


def _problem_schema() -> Plain:
    """Return the form of a problem and of what it holds."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    return {**schema.pop("$defs", {}), "Problem": schema}


def _part(name: str) -> str:
    return name.replace("-", "")


def _without_single_all_of(value: Any) -> Any:
    """Return a description in which `allOf` of one thing is that thing: OpenAPI 3.1 takes neighbours of a reference."""
    if isinstance(value, Mapping):
        only = value.get("allOf")
        merged = {**only[0], **{k: v for k, v in value.items() if k != "allOf"}} if only and len(only) == 1 else value
        return {key: _without_single_all_of(one) for key, one in merged.items()}
    if isinstance(value, list | tuple):
        return [_without_single_all_of(one) for one in value]
    return value
