"""What references such as `space:7` lead to, and spaces found by words."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Found
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.kernel.words import likest
from accord.workspace.models import Space
from accord.workspace.queries._floors import floor_words
from accord.workspace.queries._visible import floors_visible_to, sites_visible_to, spaces_visible_to
from accord.workspace.rules import may_keep_spaces


def show_site(actor: Actor, pk: int) -> Shown:
    """Return a site as the actor may see it. Raises `NotThere`."""
    site = sites_visible_to(actor).filter(pk=pk).first()
    if site is None:
        raise NotThere(_("There is no work space of this number among those you may see."))
    may_change = may_keep_spaces(actor, site.operator_id)
    return Shown(site.name, reverse("workspace:site", args=[site.key]), may_change)


def show_floor(actor: Actor, pk: int) -> Shown:
    """Return a floor as the actor may see it. Raises `NotThere`."""
    floor = floors_visible_to(actor).filter(pk=pk).first()
    if floor is None:
        raise NotThere(_("There is no floor of this number among those you may see."))
    site = floor.building.site
    may_change = may_keep_spaces(actor, site.operator_id)
    return Shown(floor_words(floor), reverse("workspace:floor", args=[site.key, pk]), may_change)


def show_space(actor: Actor, pk: int) -> Shown:
    """Return a space as the actor may see it. Raises `NotThere`."""
    space = spaces_visible_to(actor).filter(pk=pk).first()
    if space is None:
        raise NotThere(_("There is no space of this number among those you may see."))
    site = space.floor.building.site
    may_change = may_keep_spaces(actor, site.operator_id)
    return Shown(space_title(space), reverse("workspace:space", args=[site.key, pk]), may_change)


def space_title(space: Space) -> Bilingual:
    """Return a space's code with its name in both languages."""
    name = Bilingual.of(space.name)
    sides = (f"{space.code} {side}".strip() for side in (name.en or name.zh_hans, name.zh_hans or name.en))
    return Bilingual(*sides)


def find_spaces(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the spaces whose code or name holds the words; one query."""
    found = likest(spaces_visible_to(actor), said, ("name",), "code", title=("name",))[:limit]
    return [
        Found(
            one.get_kind_display(),
            space_title(one),
            reverse("workspace:space", args=[one.floor.building.site.key, one.pk]),
            one.floor.building.site.name,
            one.likeness,
        )
        for one in found
    ]
