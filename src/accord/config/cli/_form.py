"""The form of commands: examples come first in the help, and subcommands load when they are used."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

Examples = Sequence[tuple[str, str]]


def _write_help(command: click.Command, examples: Examples, context: click.Context, out: click.HelpFormatter) -> None:
    """Write the help in Accord's order: usage, examples, what it does, options."""
    command.format_usage(context, out)
    if examples:
        with out.section("Examples"):
            out.write_dl(list(examples), col_max=48)
    command.format_help_text(context, out)
    command.format_options(context, out)
    command.format_epilog(context, out)


class Command(click.Command):
    """A command whose help begins with examples: pairs of a command line and what it is for."""

    def __init__(self, *args: Any, examples: Examples = (), **kwargs: Any) -> None:
        """Keep the examples beside what click knows."""
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help, examples first."""
        _write_help(self, self.examples, ctx, formatter)


class Group(click.Group):
    """A group of commands that are named in a table and imported when they are used.

    `lazy` maps a name to `module:attribute` inside `package` and the line that the help shows for it.
    """

    command_class = Command

    def __init__(
        self,
        *args: Any,
        package: str = "",
        lazy: Mapping[str, tuple[str, str]] | None = None,
        examples: Examples = (),
        **kwargs: Any,
    ) -> None:
        """Keep the table and the examples beside what click knows."""
        super().__init__(*args, **kwargs)
        self.package, self.lazy, self.examples = package, lazy or {}, examples

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, importing its module now; None for an unknown name."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"{self.package}.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; the lazy ones from the table, without importing them."""
        rows = []
        for name in self.list_commands(ctx):
            listed = self.lazy[name][1] if name in self.lazy else self.commands[name].get_short_help_str()
            rows.append((name, listed))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help, examples first."""
        _write_help(self, self.examples, ctx, formatter)
