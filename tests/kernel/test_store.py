"""Both stores keep the same promises: whole or not at all, once, and gone when dropped."""

import hashlib
import io
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import boto3
import pytest

from accord.kernel.store import FolderStore, S3Store, Store, StoreError

BYTES = "合作协议 and its annex".encode() * 50_000
DIGEST = hashlib.sha256(BYTES).hexdigest()
KEYS = {"key": "tester", "secret": "only for tests", "region": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Run an S3 server in a process of its own; return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], **quiet) as server:
        try:
            _wait_for(port, server)
            names = {"aws_access_key_id": KEYS["key"], "aws_secret_access_key": KEYS["secret"]}
            boto3.client("s3", endpoint_url=address, region_name="us-east-1", **names).create_bucket(Bucket="accord")
            yield address
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers."""
    for _ in range(600):
        assert server.poll() is None, "the S3 server ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the S3 server did not start")


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Return each kind of store, empty."""
    if request.param == "folder":
        return FolderStore(tmp_path / "files")
    address = request.getfixturevalue("endpoint")
    return S3Store(bucket="accord", prefix=f"tests/{tmp_path.name}", endpoint=address, **KEYS)


@pytest.mark.enable_socket
def test_kept_bytes_come_back_and_go_when_dropped(store: Store) -> None:
    assert not store.has(DIGEST)

    store.keep(DIGEST, io.BytesIO(BYTES))
    store.keep(DIGEST, io.BytesIO(BYTES))

    assert store.has(DIGEST)
    assert b"".join(store.chunks(DIGEST)) == BYTES
    store.drop(DIGEST)
    store.drop(DIGEST)
    assert not store.has(DIGEST)
    with pytest.raises(StoreError):
        list(store.chunks(DIGEST))


class _Breaking(io.BytesIO):
    """Bytes whose reading breaks half-way, as when the sender's process dies."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > len(BYTES) // 2:
            raise OSError("the line broke")
        return super().read(min(size or 1000, 1000) if size and size > 0 else 1000)


@pytest.mark.enable_socket
def test_a_broken_write_keeps_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the line broke"):
        store.keep(DIGEST, _Breaking(BYTES))

    assert not store.has(DIGEST)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.enable_socket
def test_s3_hands_a_file_out_by_an_address_of_its_own(endpoint: str) -> None:
    store = S3Store(bucket="accord", endpoint=endpoint, **KEYS)
    store.keep(DIGEST, io.BytesIO(BYTES))

    address = store.address(DIGEST, name="协议.pdf", media_type="application/pdf", seconds=60)

    with urlopen(address) as answer:
        assert answer.read() == BYTES
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E5%8D%8F%E8%AE%AE.pdf"


@pytest.mark.enable_socket
def test_s3_says_which_bucket_cannot_be_used(endpoint: str) -> None:
    store = S3Store(bucket="nowhere", endpoint=endpoint, **KEYS)

    with pytest.raises(StoreError, match="the bucket nowhere cannot be used"):
        store.keep(DIGEST, io.BytesIO(BYTES))


def test_a_folder_hands_nothing_out_by_itself(tmp_path: Path) -> None:
    assert FolderStore(tmp_path).address(DIGEST, name="a.pdf", media_type="application/pdf", seconds=60) == ""


def test_a_kept_file_is_private_to_its_owner(tmp_path: Path) -> None:
    FolderStore(tmp_path).keep(DIGEST, io.BytesIO(BYTES))

    kept = tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert kept.stat().st_mode & 0o077 == 0
    assert list(kept.parent.iterdir()) == [kept]
