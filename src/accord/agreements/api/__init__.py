"""Doors of the API to agreements: what was agreed, its file, its public page, the meetings of its parties."""

from accord.agreements.api._agreement import agreements
from accord.agreements.api._engagements import engagements

__all__ = ["agreements", "engagements"]
