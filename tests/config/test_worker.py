"""The worker knows every job that contexts define."""

from pathlib import Path

import accord
from accord.config.worker import TASK_MODULES


def test_every_module_of_jobs_is_known_to_the_worker() -> None:
    here = Path(accord.__file__).parent
    defined = {f"accord.{path.parent.name}.tasks" for path in here.glob("*/tasks.py")}

    assert defined <= set(TASK_MODULES)
