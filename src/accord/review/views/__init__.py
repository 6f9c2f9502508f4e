"""Doors of the review context."""

from accord.review.views._assignment import (
    apply_run,
    assign,
    lock_assignment,
    panel_assignment,
    propose,
    release,
    run_item,
    show_run,
)
from accord.review.views._conflicts import enter_conflict, find_conflicts, lift_conflict, panel_conflicts
from accord.review.views._panels import change_panel, close_panel, open_panel, panel, panels, reopen_panel
from accord.review.views._people import change_panelist, invitation, invite, panel_people, remove_panelist
from accord.review.views._queue import bids, queue, relation, statement
from accord.review.views._reviewing import discussion, give_back, item_file, keep_draft, open_item, review
from accord.review.views._reviews import panel_item, panel_reviews, panel_standings, reopen_review, work_out
from accord.review.views._rubrics import (
    add_criterion,
    add_rubric,
    change_criterion,
    change_rubric,
    copy_rubric,
    move_criterion,
    remove_criterion,
    rubric,
    rubrics,
)

__all__ = [
    "add_criterion",
    "add_rubric",
    "apply_run",
    "assign",
    "bids",
    "change_criterion",
    "change_panel",
    "change_panelist",
    "change_rubric",
    "close_panel",
    "copy_rubric",
    "discussion",
    "enter_conflict",
    "find_conflicts",
    "give_back",
    "invitation",
    "invite",
    "item_file",
    "keep_draft",
    "lift_conflict",
    "lock_assignment",
    "move_criterion",
    "open_item",
    "open_panel",
    "panel",
    "panel_assignment",
    "panel_conflicts",
    "panel_item",
    "panel_people",
    "panel_reviews",
    "panel_standings",
    "panels",
    "propose",
    "queue",
    "relation",
    "release",
    "remove_criterion",
    "remove_panelist",
    "reopen_panel",
    "reopen_review",
    "review",
    "rubric",
    "rubrics",
    "run_item",
    "show_run",
    "statement",
    "work_out",
]
