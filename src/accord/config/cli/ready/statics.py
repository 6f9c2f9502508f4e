"""Collects the files that pages are served with, each under a name that holds its hash."""

from django.core.management import call_command


def collect() -> None:
    """Copy, hash and compress the static files into the data folder; older ones stay, open pages may want them."""
    call_command("collectstatic", verbosity=0, interactive=False)
