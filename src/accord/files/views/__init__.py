"""Doors of the files context."""

from accord.files.views._download import download, download_address, get
from accord.files.views._pages import file, files, remove

__all__ = ["download", "download_address", "file", "files", "get", "remove"]
