"""The only place that reads the environment. Every setting is documented in docs/settings.md."""

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class UnreadableSettingError(Exception):
    """A setting of the environment has a value that cannot be used; the text says which and how to mend it."""


def text(name: str, default: str = "") -> str:
    """Return the setting as text, or the default when it is not set."""
    return os.environ.get(name, default).strip()


def boolean(name: str, *, default: bool) -> bool:
    """Return the setting as a boolean; anything but a clear yes or no is an error."""
    value = text(name, "true" if default else "false").lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise UnreadableSettingError(f"{name} is {value!r}. Set it to true or false.")


def words(name: str, default: str = "") -> list[str]:
    """Return the setting as a list of words that are separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_dir() -> Path:
    """Return the folder that holds the database, the secret key and the collected static files."""
    return Path(text("ACCORD_DATA_DIR") or CHECKOUT / "var" / "accord").expanduser().absolute()


def secret_key(folder: Path) -> str:
    """Return ACCORD_SECRET_KEY, or a key that is made once and kept in the data folder."""
    given = text("ACCORD_SECRET_KEY")
    if given:
        return given
    kept = folder / "secret-key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(kept, secrets.token_urlsafe(48))
    return kept.read_text(encoding="utf-8").strip()


def _write_once(path: Path, content: str) -> None:
    """Write a private file completely or not at all; the first of several writers wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def whole(name: str, default: int, *, least: int, most: int) -> int:
    """Return the setting as a whole number within its limits."""
    given = text(name) or str(default)
    if given.isdecimal() and least <= int(given) <= most:
        return int(given)
    raise UnreadableSettingError(f"{name} is {given!r}. Set it to a whole number from {least} to {most}.")


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Where files are kept, and how large one may be (bytes)."""

    at_most: int
    folder: Path
    bucket: str = ""
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key: str = ""
    secret: str = ""


def file_settings(data: Path) -> FileSettings:
    """Read where files are kept: in the data folder, or in a bucket given as `s3://bucket/prefix`."""
    place = text("ACCORD_FILES")
    bucket, _slash, prefix = place.removeprefix("s3://").partition("/")
    if place and not (place.startswith("s3://") and bucket):
        raise UnreadableSettingError(f"ACCORD_FILES is {place!r}. Leave it out, or set it to s3://BUCKET/PREFIX.")
    return FileSettings(
        at_most=whole("ACCORD_FILE_MB", 25, least=1, most=2000) * 1024 * 1024,
        folder=data / "files",
        bucket=bucket,
        prefix=prefix,
        endpoint=text("ACCORD_S3_ENDPOINT"),
        region=text("ACCORD_S3_REGION"),
        key=text("ACCORD_S3_KEY"),
        secret=text("ACCORD_S3_SECRET"),
    )


@dataclass(frozen=True, slots=True)
class OutboxSettings:
    """By which server mail leaves, from whom, and what is allowed when other systems are told."""

    site: str
    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: str = ""
    loopback: bool = False
    days_failing: int = 5


def _outbox() -> OutboxSettings:
    """Read the mail server, given as `smtp://user:password@host:587` (STARTTLS) or `smtps://…` (TLS at once)."""
    given = text("ACCORD_MAIL_SERVER")
    parts = urlsplit(given)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if given and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == -1):
        raise UnreadableSettingError("ACCORD_MAIL_SERVER cannot be read. Set it to smtp://USER:PASSWORD@HOST:PORT.")
    encrypted = boolean("ACCORD_MAIL_TLS", default=True)
    return OutboxSettings(
        site=text("ACCORD_SITE", "http://localhost:8000").rstrip("/"),
        sender=text("ACCORD_MAIL_FROM", "Accord <accord@localhost>"),
        host=parts.hostname or "",
        port=port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls="at once" if parts.scheme == "smtps" else "starttls" if encrypted else "",
        loopback=boolean("ACCORD_WEBHOOK_LOOPBACK", default=False),
        days_failing=whole("ACCORD_WEBHOOK_DAYS", 5, least=1, most=60),
    )


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """Return the setting as one of the words that it may be."""
    given = text(name, default).lower() or default
    if given in choices:
        return given
    raise UnreadableSettingError(f"{name} is {given!r}. Set it to {', '.join(choices[:-1])} or {choices[-1]}.")


@dataclass(frozen=True, slots=True)
class LogSettings:
    """From which level on logs are written, in which form, and whether they may tell what exceptions say."""

    level: str
    form: str
    debug: bool = False


def logs() -> LogSettings:
    """Read how logs are written: to people in a terminal few words, to programs a line for every request."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    form = one_of("ACCORD_LOG_FORM", ("json", "words"), "words" if is_terminal else "json")
    usual = "info" if form == "json" else "warning"
    return LogSettings(
        level=one_of("ACCORD_LOG_LEVEL", ("debug", "info", "warning", "error"), usual),
        form=form,
        debug=boolean("ACCORD_DEBUG", default=False),
    )


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything Accord reads from its environment."""

    data_dir: Path
    database_url: str
    secret_key: str
    debug: bool
    https: bool
    hosts: list[str]
    origins: list[str]
    time_zone: str
    providers: str
    proxies: int
    api_limit: int
    files: FileSettings
    outbox: OutboxSettings
    logs: LogSettings
    metrics_token: str


def read() -> Environment:
    """Read and check the whole environment."""
    folder = data_dir()
    return Environment(
        data_dir=folder,
        database_url=text("DATABASE_URL"),
        secret_key=secret_key(folder),
        debug=boolean("ACCORD_DEBUG", default=False),
        https=boolean("ACCORD_HTTPS", default=False),
        hosts=words("ACCORD_HOSTS", "localhost,127.0.0.1,[::1]"),
        origins=words("ACCORD_ORIGINS"),
        time_zone=text("ACCORD_TIME_ZONE", "UTC"),
        providers=text("ACCORD_PROVIDERS"),
        proxies=whole("ACCORD_PROXIES", 0, least=0, most=9),
        api_limit=whole("ACCORD_API_LIMIT", 600, least=1, most=1_000_000),
        files=file_settings(folder),
        outbox=_outbox(),
        logs=logs(),
        metrics_token=text("ACCORD_METRICS_TOKEN"),
    )


def use(*, data_dir: Path | None = None, database_url: str | None = None) -> None:
    """Set what the command line was told, for this process and its children."""
    if data_dir is not None:
        os.environ["ACCORD_DATA_DIR"] = str(data_dir)
    if database_url is not None:
        os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
