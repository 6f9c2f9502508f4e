"""What the doors of the files context answer to whom."""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.access import EVERYBODY, OFFICERS, PARTIES, Probe, done
from tests.files.samples import PNG
from tests.house.stage import NOW, Stage

from accord.files import operations
from accord.files.queries import download_address


def furnish(stage: Stage) -> None:
    """Attach a file to the meeting."""
    stage.rows["file"] = operations.keep_file(
        store=settings.FILE_STORE,
        content=io.BytesIO(PNG),
        name="plan-of-the-building.png",
        record=record(stage)["record"],
        by=stage.cast.owner.person,
        at=NOW,
        at_most=settings.FILE_BYTES,
        note="Signed in two copies",
    )
    parties = ("owner", "partner", "executive", "steward", "deputy")
    stage.keep_private("the name of a file", "plan-of-the-building", *parties)
    stage.keep_private("what a file is", "Signed in two copies", *parties)


def record(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the meeting's files."""
    return {"record": f"engagement:{stage.rows['meeting'].pk}"}


def file(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the file."""
    return {"pk": stage.rows["file"].pk}


def fresh(stage: Stage) -> dict[str, Any]:
    """Return the parts of an address that hands the file out."""
    return {
        "token": download_address(stage.rows["file"], store=settings.FILE_STORE)
        .removeprefix("/files/get/")
        .removesuffix("/")
    }


def paper(_stage: Stage) -> dict[str, Any]:
    """Return a file to attach."""
    return {"file": SimpleUploadedFile("minutes.txt", "会议纪要\n".encode()), "note": ""}


PROBES = [
    Probe("files:files", get=PARTIES, post=done(OFFICERS), at=record, body=paper),
    Probe("files:get", get=EVERYBODY, at=fresh),
    Probe("files:file", get=PARTIES, at=file),
    Probe("files:download", get=PARTIES.but(owner=302, partner=302, executive=302, steward=302, deputy=302), at=file),
    Probe("files:remove", post=done(OFFICERS), at=file),
]
