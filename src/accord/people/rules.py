"""Who may do what with persons and accounts."""

from accord.kernel.models import World
from accord.people.enums import Permission


def may_take_demo_role(world: World) -> bool:
    """Say whether visitors may become a demo person by one click: in a demo world only."""
    return world.is_demo


RULES = {Permission.TAKE_DEMO_ROLE: may_take_demo_role}
"""Which predicate decides each permission."""
