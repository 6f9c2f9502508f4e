"""What pages are called, by their route: the portal announces the names, saved views and others show them."""

from django.urls import Resolver404, resolve
from django.utils.functional import Promise

from accord.kernel.announced import Announced

page_names: Announced[str | Promise] = Announced()
"""The name of each list, by its route, such as `people:institutions`."""


def name_of_page(path: str) -> str:
    """Return what the page at an address is called; the address itself where nobody named it."""
    try:
        route = resolve(path).view_name
    except Resolver404:
        return path
    return str(page_names.get(route) or path)
