"""The only place that reads the environment. Every setting is documented in docs/settings.md."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

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
    )


def use(*, data_dir: Path | None = None, database_url: str | None = None) -> None:
    """Set what the command line was told, for this process and its children."""
    if data_dir is not None:
        os.environ["ACCORD_DATA_DIR"] = str(data_dir)
    if database_url is not None:
        os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
