"""Sets the queue up when Django is ready: which modules hold jobs."""

from procrastinate import App

TASK_MODULES = [
    "accord.kernel.jobs",
    "accord.kernel.api.jobs",
    "accord.files.tasks",
    "accord.history.tasks",
    "accord.outbox.tasks",
    "accord.people.tasks",
    "accord.measures.tasks",
    "accord.privacy.tasks",
    "accord.programmes.tasks",
    "accord.review.tasks",
    "accord.workspace.tasks",
]


def configure(app: App) -> None:
    """Tell the queue where jobs are defined."""
    app.import_paths = TASK_MODULES
