"""Stops taking in a file that is larger than Accord keeps, before it fills the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class SizeLimit(FileUploadHandler):
    """Stands before the handlers that keep the bytes; of a file that is too large the rest is read and dropped."""

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """Start to count."""
        super().new_file(*arguments, **named)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the bytes on while they are few enough; else say so on the request and skip the file."""
        del start
        self._seen += len(raw_data)
        if self._seen > settings.FILE_BYTES:
            self.request.upload_is_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
        del file_size
