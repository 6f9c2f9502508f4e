"""Parts for things done in steps: tasks, answers to check, confirmations, clashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from accord.ui.parts._plain import Link, State
from accord.ui.say import Text


class TaskStatus(StrEnum):
    """How far a task is."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    CANNOT_START = "cannot-start"

    @property
    def state(self) -> State | None:
        """Return the chip; a completed task carries plain words, as nothing is left to do."""
        return _TASK_STATES[self]


_TASK_STATES = {
    TaskStatus.NOT_STARTED: State("mute", _("Not yet started")),
    TaskStatus.IN_PROGRESS: State("wary", _("In progress")),
    TaskStatus.COMPLETED: State("done", _("Completed")),
    TaskStatus.CANNOT_START: State("mute", _("Cannot start yet")),
}


@dataclass(frozen=True, slots=True)
class Task:
    """One step of something long; without an address it cannot be opened yet and `hint` says why."""

    title: Text
    url: str = ""
    status: TaskStatus = TaskStatus.NOT_STARTED
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under a heading."""

    heading: Text
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class TaskList:
    """The steps of something long, each of which can be left and taken up again."""

    template: ClassVar[str] = "ui/parts/task_list.html"
    groups: Sequence[TaskGroup]

    @property
    def done(self) -> int:
        """Return how many tasks are completed."""
        return sum(task.status is TaskStatus.COMPLETED for group in self.groups for task in group.tasks)

    @property
    def total(self) -> int:
        """Return how many tasks there are."""
        return sum(len(group.tasks) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Answer:
    """One given answer; `field` is the input that "Change" goes back to."""

    label: Text
    value: Text
    field: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Given answers, to be checked before they are sent."""

    template: ClassVar[str] = "ui/parts/answers.html"
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was done, its reference, what happens next and when, and whom to ask."""

    template: ClassVar[str] = "ui/parts/confirmation.html"
    heading: Text
    reference: str
    steps: Sequence[Text]
    contact: Text = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One field in which two people differ: as it was, as they saved it, as you wrote it.

    `field` names the choice; `pick` is what is chosen at first, `theirs` or `yours`; `both` where each changed it.
    """

    label: Text
    before: Text
    theirs: Text
    yours: Text
    field: str
    pick: str = "yours"
    both: bool = True


@dataclass(frozen=True, slots=True)
class Clash:
    """A record that changed while somebody else edited it; nothing of either is lost.

    `kept` travels unseen: what both agree on, and both sides of what they do not. Without `who` nobody is named.
    """

    thing: Text
    who: Text
    when: Text
    rows: Sequence[ClashRow]
    version: int
    url: str
    kept: Sequence[tuple[str, str]] = ()
    action: str = ""
