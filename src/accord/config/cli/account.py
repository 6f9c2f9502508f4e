"""`accord account`: who may sign in, and as what."""

import click

from accord.config.cli._form import Command, Group
from accord.config.cli._opening import opened
from accord.config.cli._place import Place, opens_database
from accord.config.cli._talk import Talk, talks

ROLES = ("steward", "officer", "executive")


@click.group(
    cls=Group,
    examples=(("accord account open ana@example.org --name Ana --role steward", "the first account"),),
)
def account() -> None:
    """Open accounts and grant roles."""


@account.command(
    cls=Command,
    examples=(
        ("accord account open ana@example.org --name Ana --role steward", "for the whole installation"),
        (
            "accord account open li@example.org --name 李雷 --role officer --institution cass --by ana@example.org",
            "for one institution, granted by a steward",
        ),
    ),
    short_help="Let a person sign in, with a role.",
)
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the person may do.")
@click.option("--institution", metavar="KEY", help="For this institution alone; a key of the agreement file.")
@click.option("--by", metavar="EMAIL", help="The steward who grants it; needed once there is one.")
@click.password_option(help="Asked for when it is not given; at least 12 characters.")
@opens_database
@talks
def open(  # noqa: A001 - the command is called so
    *,
    email: str,
    name: str,
    role: str,
    institution: str | None,
    by: str | None,
    password: str,
    place: Place,
    talk: Talk,
) -> None:
    """Let a person sign in with e-mail address and password, and grant a role from today on.

    The same address twice adds the role and leaves the password as it is. The grant keeps who made it: the steward
    whom --by names, or the person themself while there is no steward.
    """
    with opened(place, talk, writes=True):
        from accord.config.cli.ready import accounts  # noqa: PLC0415 - needs the database open

        accounts.open_account(email=email, name=name, role=role, institution=institution, by=by, password=password)
    talk.say(f"{email} may sign in as {role}{f' of {institution}' if institution else ''}.")


@account.command(
    cls=Command,
    examples=(("accord account reset ana@example.org", "after a lost phone, once you know who asks"),),
    short_help="Take a lost second factor away.",
)
@click.argument("email")
@opens_database
@talks
def reset(*, email: str, place: Place, talk: Talk) -> None:
    """Take app, passkeys and recovery codes from an account, and end its sessions. The password stays.

    Make sure first that it is really the account's holder who asks.
    """
    with opened(place, talk, writes=True):
        from accord.config.cli.ready import accounts  # noqa: PLC0415 - needs the database open

        taken = accounts.reset_account(email=email)
    talk.say(f"{email}: {taken} second factors were taken away. The password alone opens the account now.")
