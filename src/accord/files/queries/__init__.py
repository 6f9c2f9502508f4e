"""Reads of the files context. `Attachment` and `Blob` are named here for others, who never query them (ADR 0009)."""

from accord.files.models import Attachment, Blob
from accord.files.queries._lists import files_at, find_file, readable_file

__all__ = ["Attachment", "Blob", "files_at", "find_file", "readable_file"]
