"""Doors of the files context."""

from accord.files.views._download import download, get
from accord.files.views._pages import file, files, remove

__all__ = ["download", "file", "files", "get", "remove"]
