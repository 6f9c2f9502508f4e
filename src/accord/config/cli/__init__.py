"""The command line `accord`. Nothing here imports Django: `accord --help` answers at once."""

import sys
from collections.abc import Sequence

import click

from accord import __version__
from accord.config.cli._exits import EPILOG
from accord.config.cli._faults import told
from accord.config.cli._form import Group

COMMANDS = {
    "demo": ("demo:demo", "Start Accord with a living demo world."),
    "serve": ("serve:serve", "Start the web server and the worker of an installation."),
    "worker": ("worker:worker", "Run jobs from the queue; any number of machines may."),
    "board": ("board:board", "Show promised against delivered, as of any day."),
    "forecast": ("board:forecast", "Show what will be met, and how likely."),
    "measures": ("measures:measures", "List what promises are counted in."),
    "agreement": ("agreement:agreement", "Check, plan, apply, export and compare agreement files."),
    "match": ("match:match", "Place people fairly, and prove and explain it."),
    "assign": ("assign:assign", "Say who reviews what, with a proof."),
    "account": ("account:account", "Open accounts and grant roles."),
    "doctor": ("doctor:doctor", "Look for faults in the installation and its records."),
    "backup": ("backup:backup", "Write the whole database into one file."),
    "restore": ("backup:restore", "Bring a backup into an empty database."),
    "manage": ("manage:manage", "Run one of Django's own commands."),
    "completion": ("completion:completion", "Print the completion script for a shell."),
}


@click.group(
    cls=Group,
    package="accord.config.cli",
    lazy=COMMANDS,
    examples=(
        ("accord demo", "a board with a living world behind it"),
        ("accord agreement apply agreement.yaml", "bring in an agreement"),
        ("accord board --as-of 2019-09-30", "promised against delivered on that day"),
        ("accord forecast --json", "what will be met, for programs"),
    ),
    epilog=EPILOG,
)
@click.version_option(__version__, prog_name="accord", message="%(prog)s %(version)s")
def accord() -> None:
    """Run the partnership: what was promised, what was delivered, what will be met."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every error ends as one clear line on stderr."""
    return told(lambda: accord.main(args=arguments, prog_name="accord", standalone_mode=False))


def main() -> None:
    """Run the command that this process was started with, and leave with its exit code."""
    sys.exit(run())
