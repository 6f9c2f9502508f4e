"""What the operations of the API to programmes answer to whom; each part of the context has its own file."""

from importlib import import_module
from pathlib import Path

from tests.api.asked import Ask
from tests.cast import Cast
from tests.programmes.scene import made_scene

PARTS = [import_module(f"tests.programmes.{path.stem}") for path in sorted(Path(__file__).parent.glob("asked_*.py"))]
STATUSES: dict[str, tuple[str, ...]] = {name: said for part in PARTS for name, said in part.STATUSES.items()}


def furnish(cast: Cast) -> dict[str, Ask]:
    """Make the programme; return how each operation is asked."""
    scene = made_scene(cast)
    return {name: ask for part in PARTS for name, ask in part.asks(scene).items()}
