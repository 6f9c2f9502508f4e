"""What the operations of the API to files answer to whom, and how each is asked."""

import io

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.asked import ALL_READ, Ask
from tests.cast import Cast, moment
from tests.files.samples import PDF, PNG
from tests.negotiation.table import DAY

from accord.files import operations

STATUSES: dict[str, tuple[str, ...]] = {
    "list_files": ALL_READ,
    "attach_file": ("201", "201", "403", "404", "401"),
    "read_file": ALL_READ,
    "read_file_link": ALL_READ,
    "take_file_away": ("204", "204", "403", "404", "401"),
}


def furnish(cast: Cast) -> dict[str, Ask]:
    """Attach a file to the agreement; return how each operation is asked."""
    record = {"record": f"agreement:{cast.agreement.pk}"}
    held = operations.keep_file(
        store=settings.FILE_STORE,
        content=io.BytesIO(PNG),
        name="plan.png",
        record=record["record"],
        by=cast.owner.person,
        at=moment(DAY),
        at_most=settings.FILE_BYTES,
    )
    one = {"number": held.pk}
    return {
        "list_files": Ask(record),
        "attach_file": Ask(record, form={"file": SimpleUploadedFile("minutes.pdf", PDF), "note": "Minutes"}),
        "read_file": Ask(one),
        "read_file_link": Ask(one),
        "take_file_away": Ask(one),
    }
