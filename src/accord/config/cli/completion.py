"""`accord completion`: lets a shell complete commands and options."""

import click
from click.shell_completion import get_completion_class

from accord.config.cli._form import Command


@click.command(
    cls=Command,
    examples=(
        ('eval "$(accord completion bash)"', "in ~/.bashrc; zsh alike in ~/.zshrc"),
        ("accord completion fish > ~/.config/fish/completions/accord.fish", "for fish"),
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete Accord's commands."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"{shell} cannot be completed; choose bash, zsh or fish.")
    click.echo(kind(context.find_root().command, {}, "accord", "_ACCORD_COMPLETE").source())
