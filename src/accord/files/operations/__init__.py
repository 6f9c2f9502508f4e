"""Writes of the files context.

Refused
├── FileTooLarge       more bytes than may be kept
├── FileEmpty          no bytes
└── FileTypeRefused    by its content none of the types that are taken
"""

from accord.files.operations._keep import (
    FileEmpty,
    FileTooLarge,
    FileTypeRefused,
    keep_file,
    remove_file,
    sweep_blobs,
)

__all__ = ["FileEmpty", "FileTooLarge", "FileTypeRefused", "keep_file", "remove_file", "sweep_blobs"]
