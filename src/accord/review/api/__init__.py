"""Panels in the API as the office reads them, and the reviews of the one who asks."""

from accord.review.api._assignments import assignments
from accord.review.api._panels import panels
from accord.review.api._queue import own_reviews

__all__ = ["assignments", "own_reviews", "panels"]
