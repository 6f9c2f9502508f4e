"""Reads of the files context. `Attachment` and `Blob` are named here for others, who never query them (ADR 0009)."""

from accord.files.models import Attachment, Blob
from accord.files.queries._addresses import SECONDS, download_address, file_of_address
from accord.files.queries._lists import files_at, find_file, readable_file
from accord.files.queries._search import find_files

__all__ = [
    "SECONDS",
    "Attachment",
    "Blob",
    "download_address",
    "file_of_address",
    "files_at",
    "find_file",
    "find_files",
    "readable_file",
]
