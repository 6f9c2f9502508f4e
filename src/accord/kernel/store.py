"""Where bytes are kept by their hash: a folder of this machine, or S3-compatible storage.

Store               what both can do
├── FolderStore     `files/ab/cd/abcd…` beside the database
└── S3Store         a bucket; needs the extra `accord[s3]`
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import quote

CHUNK = 1 << 18


class StoreError(Exception):
    """The storage cannot be reached or refused; the text says which and why."""


class Store(Protocol):
    """Keeps bytes under their digest. Keeping the same bytes twice changes nothing."""

    def keep(self, digest: str, content: IO[bytes]) -> None:
        """Keep the bytes whole or not at all."""
        ...

    def chunks(self, digest: str) -> Iterator[bytes]:
        """Yield the bytes. Raises `StoreError` where they are missing."""
        ...

    def drop(self, digest: str) -> None:
        """Delete the bytes; nothing happens where there are none."""
        ...

    def has(self, digest: str) -> bool:
        """Say whether the bytes are there."""
        ...

    def address(self, digest: str, *, name: str, media_type: str, seconds: int) -> str:
        """Return a short-lived address where the storage itself hands the file out; empty where Accord must."""
        ...


class FolderStore:
    """Keeps each file in a folder, two levels deep by the first digits of its hash."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made with the first file."""
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Return where a file lies, or would lie."""
        return self.folder / digest[:2] / digest[2:4] / digest

    def keep(self, digest: str, content: IO[bytes]) -> None:
        """Write beside the final place, make it durable, then rename: whoever looks sees all or nothing."""
        path = self.path(digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
            try:
                shutil.copyfileobj(content, draft, CHUNK)
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).replace(path)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
        _sync_folder(path.parent)

    def chunks(self, digest: str) -> Iterator[bytes]:
        """Yield the bytes of the file."""
        try:
            file = self.path(digest).open("rb")
        except FileNotFoundError as error:
            raise StoreError(f"the bytes of {digest} are missing from {self.folder}") from error
        with file:
            while chunk := file.read(CHUNK):
                yield chunk

    def drop(self, digest: str) -> None:
        """Delete the file."""
        self.path(digest).unlink(missing_ok=True)

    def has(self, digest: str) -> bool:
        """Say whether the file is there."""
        return self.path(digest).exists()

    def address(self, digest: str, *, name: str, media_type: str, seconds: int) -> str:
        """Return nothing: Accord hands the file out itself."""
        del digest, name, media_type, seconds
        return ""


def _sync_folder(folder: Path) -> None:
    """Make a rename durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class S3Store:
    """Keeps each file as an object of a bucket; readers are sent to the storage by an address that soon expires."""

    def __init__(
        self, *, bucket: str, prefix: str = "", endpoint: str = "", region: str = "", key: str = "", secret: str = ""
    ) -> None:
        """Remember how to reach the bucket; the connection is made on first use."""
        self.bucket, self.prefix = bucket, prefix.strip("/")
        self._options = {
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "aws_access_key_id": key or None,
            "aws_secret_access_key": secret or None,
        }
        self._made: Any = None

    @property
    def _client(self) -> Any:
        """Return the client; made once a process."""
        if self._made is None:
            try:
                import boto3  # noqa: PLC0415 (an extra, needed only where files are kept in S3)
                from botocore.config import Config  # noqa: PLC0415 (the same)
            except ImportError as error:
                raise StoreError("files in S3 need the extra: pip install 'accord[s3]'") from error
            config = Config(retries={"max_attempts": 4, "mode": "standard"}, connect_timeout=5, read_timeout=60)
            self._made = boto3.client("s3", config=config, **self._options)
        return self._made

    def _key(self, digest: str) -> str:
        return f"{self.prefix}/{digest}" if self.prefix else digest

    def keep(self, digest: str, content: IO[bytes]) -> None:
        """Upload the bytes in parts; an upload that breaks leaves no object."""
        if self.has(digest):
            return
        with _explained(self.bucket):
            self._client.upload_fileobj(_Unclosed(content), self.bucket, self._key(digest))

    def chunks(self, digest: str) -> Iterator[bytes]:
        """Yield the bytes of the object."""
        with _explained(self.bucket):
            body = self._client.get_object(Bucket=self.bucket, Key=self._key(digest))["Body"]
            yield from body.iter_chunks(CHUNK)

    def drop(self, digest: str) -> None:
        """Delete the object."""
        with _explained(self.bucket):
            self._client.delete_object(Bucket=self.bucket, Key=self._key(digest))

    def has(self, digest: str) -> bool:
        """Say whether the object is there."""
        with _explained(self.bucket):
            found = self._client.list_objects_v2(Bucket=self.bucket, Prefix=self._key(digest), MaxKeys=1)
        return bool(found.get("KeyCount"))

    def address(self, digest: str, *, name: str, media_type: str, seconds: int) -> str:
        """Return an address signed by the storage's own key that hands the file out as a download."""
        wanted = {
            "Bucket": self.bucket,
            "Key": self._key(digest),
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "ResponseContentType": media_type,
        }
        with _explained(self.bucket):
            return str(self._client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds))


class _Unclosed:
    """Hands a file to a library that closes what it is given, and that takes a short read for the end."""

    def __init__(self, content: IO[bytes]) -> None:
        """Keep the file."""
        self._content = content

    def read(self, size: int = -1) -> bytes:
        """Read as many bytes as are asked for, fewer only at the end."""
        parts, wanted = [], size
        while chunk := self._content.read(wanted):
            parts.append(chunk)
            wanted -= len(chunk) if size >= 0 else 0
            if wanted == 0:
                break
        return b"".join(parts)


@contextmanager
def _explained(bucket: str) -> Iterator[None]:
    """Turn the storage library's errors into a `StoreError` that says which bucket could not be used and why."""
    try:
        yield
    except Exception as error:
        if not type(error).__module__.startswith(("botocore", "boto3", "s3transfer")):
            raise
        raise StoreError(f"the bucket {bucket} cannot be used: {error}") from error
