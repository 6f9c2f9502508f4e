"""Turns whatever a command raises into one clear line on stderr and an exit code."""

import errno
import os
import sys
import traceback
from collections.abc import Callable

import click

from accord.config import env
from accord.config.cli._exits import Exit
from accord.config.cli._talk import red

CODES_BY_STATUS = {404: Exit.NOT_FOUND}


def told(command: Callable[[], object]) -> int:
    """Run the command; return its exit code, or tell what went wrong and return the code for that."""
    try:
        result = command()
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped.", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as in `accord board | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except click.UsageError as error:
        error.show()
        return Exit.USAGE
    except Exception as error:  # noqa: BLE001 - the outermost door: nothing may end as a traceback
        return _tell(error)
    return result if isinstance(result, int) else Exit.DONE


def _tell(error: Exception) -> int:
    """Say what went wrong and return the exit code for it."""
    if _debugging():
        traceback.print_exception(error)
    text, code = _meaning(error)
    click.echo(f"{red('Error:')} {text}", err=True)
    return code


def _debugging() -> bool:
    """Say whether a traceback is wanted; a setting that cannot be read wants none."""
    try:
        return env.boolean("ACCORD_DEBUG", default=False)
    except env.UnreadableSettingError:
        return False


def _meaning(error: Exception) -> tuple[str, int]:
    """Return the line for people and the exit code."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        return (error.format_message() if isinstance(error, click.ClickException) else str(error)), code
    if isinstance(error, env.UnreadableSettingError):
        return str(error), Exit.USAGE
    names = {kind.__name__ for kind in type(error).__mro__}
    if "Refused" in names:
        return str(error), CODES_BY_STATUS.get(getattr(error, "status", 0), Exit.REFUSED)
    if "OperationalError" in names:
        first = str(error).strip().splitlines()[0]
        return f"The database does not answer: {first}. See that it runs, then try again.", Exit.DEPENDENCY_DOWN
    if isinstance(error, OSError):
        return _meaning_of_system(error)
    return (
        f"A fault in Accord: {type(error).__name__}: {error}. Set ACCORD_DEBUG=true and run it again for the details.",
        Exit.BUG,
    )


def _meaning_of_system(error: OSError) -> tuple[str, int]:
    """Return the line and the code for a refusal of the operating system."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full: {error}. Make room, then try again.", Exit.DEPENDENCY_DOWN
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Not permitted: {error}. Use another folder with --data-dir, or run as its owner.", Exit.REFUSED
    if error.errno == errno.ENOENT:
        return f"{error.filename} is not there. See how the name is written.", Exit.NOT_FOUND
    return f"The system refused: {error}.", Exit.BUG
