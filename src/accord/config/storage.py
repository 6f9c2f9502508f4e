"""Where files are kept, as the settings say; for the web, the worker and the commands alike."""

from accord.config.env import FileSettings
from accord.kernel.store import FolderStore, S3Store, Store


def store_of(files: FileSettings) -> Store:
    """Return the storage: a bucket where one is named, else the folder beside the database."""
    if not files.bucket:
        return FolderStore(files.folder)
    return S3Store(
        bucket=files.bucket,
        prefix=files.prefix,
        endpoint=files.endpoint,
        region=files.region,
        key=files.key,
        secret=files.secret,
    )


def place_of(files: FileSettings) -> str:
    """Return the storage's name for people: `s3://bucket/prefix`, or `folder`."""
    return f"s3://{files.bucket}/{files.prefix}".rstrip("/") if files.bucket else "folder"
