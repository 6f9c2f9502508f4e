"""Tables of the review context."""

from accord.review.models._conflicts import Conflict, Relation
from accord.review.models._panels import Bid, Item, ItemPerson, Panel, Panelist
from accord.review.models._reviews import Assignment, AssignmentRun, Remark, Review, Score, Standing
from accord.review.models._rubrics import Criterion, Rubric

__all__ = [
    "Assignment",
    "AssignmentRun",
    "Bid",
    "Conflict",
    "Criterion",
    "Item",
    "ItemPerson",
    "Panel",
    "Panelist",
    "Relation",
    "Remark",
    "Review",
    "Rubric",
    "Score",
    "Standing",
]
