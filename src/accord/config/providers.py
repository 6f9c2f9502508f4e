"""Identity providers as the operator lists them: read, checked, and turned into settings of django-allauth.

`ACCORD_PROVIDERS` names a YAML file (or holds the YAML itself): a list of entries, each with `id`, `kind` and `name`.
`kind` is `oidc` (with `issuer`, `client-id`, `secret` or `secret-file`), `saml` (with `metadata`, an address or a file,
and `entity-id`) or `cas` (with `server`). `newcomers: true` lets people in who have no account yet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from accord.config.env import UnreadableSettingError

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
COMMON = {"id", "kind", "name", "newcomers"}
KEYS = {
    "oidc": COMMON | {"issuer", "client-id", "secret", "secret-file"},
    "saml": COMMON | {"metadata", "entity-id", "uid-attribute"},
    "cas": COMMON | {"server"},
}


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider, checked; `app` is what django-allauth calls an app of it."""

    id: str
    kind: str
    name: dict[str, str]
    issuer: str
    newcomers: bool
    app: dict[str, Any] = field(repr=False)


def read(setting: str) -> tuple[Provider, ...]:
    """Return the providers that the setting lists; none where it is empty.

    Raises `UnreadableSettingError`, which names the entry, what is wrong, and how to mend it.
    """
    if not setting:
        return ()
    try:
        listed = yaml.safe_load(_text(setting))
    except yaml.YAMLError as error:
        raise UnreadableSettingError(f"ACCORD_PROVIDERS is no YAML: {error}. Mend it there.") from error
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise UnreadableSettingError(
            "ACCORD_PROVIDERS holds no list. Begin each provider with a line such as `- id: uni`."
        )
    providers = tuple(_provider(Entry(entry, number)) for number, entry in enumerate(listed, 1))
    ids = [provider.id for provider in providers]
    for one in ids:
        if ids.count(one) > 1:
            raise UnreadableSettingError(f"ACCORD_PROVIDERS has the id {one!r} twice. Give each provider its own.")
    return providers


def allauth_settings(providers: tuple[Provider, ...]) -> dict[str, dict[str, Any]]:
    """Return `SOCIALACCOUNT_PROVIDERS` for these providers."""
    kinds = {"oidc": "openid_connect", "saml": "saml", "cas": "cas"}
    found: dict[str, dict[str, Any]] = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []},
        "saml": {"APPS": []},
        "cas": {"APPS": []},
    }
    for provider in providers:
        found[kinds[provider.kind]]["APPS"].append(provider.app)
    return found


class Entry:
    """One entry of the list, with the words to complain about it."""

    def __init__(self, values: Mapping[str, Any], number: int) -> None:
        """Keep the values and the entry's place in the list."""
        self.values, self.number = values, number

    def fail(self, wrong: str, mend: str) -> UnreadableSettingError:
        """Return the error that names this entry."""
        name = f"provider {self.values['id']!r}" if self.values.get("id") else f"provider number {self.number}"
        return UnreadableSettingError(f"ACCORD_PROVIDERS, {name}: {wrong}. {mend}")

    def text(self, key: str, example: str) -> str:
        """Return a value that must be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"{key!r} is missing", f"Add a line such as `{key}: {example}`.")
        return value.strip()

    def address(self, key: str, example: str) -> str:
        """Return an address that must be there: HTTPS, or HTTP on this machine alone."""
        value = self.text(key, example)
        parts = urlsplit(value)
        if (parts.scheme == "https" and parts.hostname) or (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return value
        raise self.fail(f"{key!r} is {value!r}", f"Set it to an address such as {example}.")


def _text(setting: str) -> str:
    """Return the YAML: the setting itself when it has a line that begins a list, else the file that it names."""
    if setting.lstrip().startswith(("- ", "[")):
        return setting
    try:
        return Path(setting).expanduser().read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableSettingError(
            f"ACCORD_PROVIDERS names {setting}, which cannot be read: {error.strerror}. Name a file that can."
        ) from error


def _provider(entry: Entry) -> Provider:
    identity, kind = entry.text("id", "uni"), entry.text("kind", "oidc")
    if not ID.fullmatch(identity):
        raise entry.fail(f"the id {identity!r} cannot stand in an address", "Use up to 40 of a-z, 0-9 and hyphens.")
    if kind not in KEYS:
        raise entry.fail(f"the kind {kind!r} is unknown", "Set it to oidc, saml or cas.")
    unknown = sorted(set(map(str, entry.values)) - KEYS[kind])
    if unknown:
        raise entry.fail(f"{unknown[0]!r} is unknown", f"Known are: {', '.join(sorted(KEYS[kind]))}.")
    newcomers = entry.values.get("newcomers", False)
    if not isinstance(newcomers, bool):
        raise entry.fail(f"'newcomers' is {newcomers!r}", "Set it to true or false.")
    issuer, app = {"oidc": _oidc, "saml": _saml, "cas": _cas}[kind](entry, identity)
    name = _name(entry)
    return Provider(identity, kind, name, issuer, newcomers, {**app, "name": name["en"]})


def _name(entry: Entry) -> dict[str, str]:
    """Return the name in both languages; one text stands for both."""
    name = entry.values.get("name")
    if isinstance(name, dict) and isinstance(name.get("en"), str) and isinstance(name.get("zh-hans"), str):
        return {"en": name["en"], "zh-hans": name["zh-hans"]}
    said = entry.text("name", "Sichuan University")
    return {"en": said, "zh-hans": said}


def _oidc(entry: Entry, identity: str) -> tuple[str, dict[str, Any]]:
    issuer = entry.address("issuer", "https://login.example.org")
    return issuer, {
        "provider_id": identity,
        "client_id": entry.text("client-id", "accord"),
        "secret": _secret(entry),
        "settings": {"server_url": issuer.removesuffix("/"), "uid_field": "sub"},
    }


def _secret(entry: Entry) -> str:
    """Return the client's secret; a public client has none, PKCE protects it."""
    if entry.values.get("secret-file"):
        path = Path(entry.text("secret-file", "/run/secrets/uni")).expanduser()
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise entry.fail(f"the file {path} cannot be read: {error.strerror}", "Name one that can.") from error
    return entry.text("secret", "…") if entry.values.get("secret") else ""


def _saml(entry: Entry, identity: str) -> tuple[str, dict[str, Any]]:
    entity = entry.text("entity-id", "https://idp.example.org/metadata")
    settings: dict[str, Any] = {
        "idp": _metadata(entry, entity),
        "advanced": {
            "want_assertion_signed": True,
            "want_attribute_statement": False,
            "want_name_id": True,
            "allow_single_label_domains": True,  # names inside an institution have no dot
        },
    }
    if entry.values.get("uid-attribute"):
        settings["attribute_mapping"] = {
            "uid": entry.text("uid-attribute", "…"),
            "email": ["urn:oid:0.9.2342.19200300.100.1.3", "mail", "email"],
            "name": ["urn:oid:2.16.840.1.113730.3.1.241", "displayName"],
        }
    return entity, {"provider_id": identity, "client_id": identity, "settings": settings}


def _metadata(entry: Entry, entity: str) -> dict[str, str]:
    """Return how allauth finds the provider's keys: an address that it reads itself, or what a file says."""
    given = entry.text("metadata", "https://idp.example.org/metadata.xml")
    if urlsplit(given).scheme in {"http", "https"}:
        return {"metadata_url": entry.address("metadata", "https://idp.example.org/metadata.xml"), "entity_id": entity}
    try:
        found = OneLogin_Saml2_IdPMetadataParser.parse(Path(given).expanduser().read_bytes(), entity_id=entity)["idp"]
        plain = {"entity_id": entity, "sso_url": found["singleSignOnService"]["url"], "x509cert": _certificate(found)}
    except OSError as error:
        raise entry.fail(f"the file {given} cannot be read: {error.strerror}", "Name one that can.") from error
    except (KeyError, ValueError) as error:
        raise entry.fail(
            f"the file {given} does not describe {entity}", "Fetch the provider's metadata again, or mend 'entity-id'."
        ) from error
    return plain


def _certificate(found: Mapping[str, Any]) -> str:
    return str(found.get("x509cert") or found["x509certMulti"]["signing"][0])


def _cas(entry: Entry, identity: str) -> tuple[str, dict[str, Any]]:
    server = entry.address("server", "https://cas.example.org/cas/").removesuffix("/") + "/"
    return server, {"provider_id": identity, "client_id": identity, "settings": {"server_url": server}}
