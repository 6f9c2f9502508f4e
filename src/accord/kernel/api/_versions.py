"""ETags are row versions: what one read is named in what one changes."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accord.kernel.api.refusals import Stale, VersionMissing

ANY = "*"
_TAG = re.compile(r'\s*(?:W/)?"([^"]*)"\s*')
OK, NOT_MODIFIED = 200, 304


def tag(version: int) -> str:
    """Return the ETag of a version."""
    return f'"{version}"'


def expected(request: HttpRequest, version: int) -> int:
    """Return the version that the change was made from, to hand to the operation, which checks it again.

    Raises `Stale` when If-Match names no version that holds, and `VersionMissing` when it is not there.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise VersionMissing
    if given != ANY and str(version) not in _tags(given):
        raise Stale(version)
    return version


def expected_or_new(request: HttpRequest, version: int | None) -> int:
    """Return the version that a change is made from, 0 where the record is to be made; `version` is None for none.

    Raises as `expected`; `Stale` also where a new record was meant and one is there.
    """
    if is_new_only(request):
        if version is not None:
            raise Stale(version)
        return 0
    if version is None:
        raise VersionMissing(_("There is no such record yet. Send If-None-Match: * to make it."))
    return expected(request, version)


def is_new_only(request: HttpRequest) -> bool:
    """Say whether the request wants to create and nothing else: If-None-Match: *."""
    return request.headers.get("If-None-Match", "").strip() == ANY


def unless_known(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Return 304 without a body where the reader has this version already."""
    given = request.headers.get("If-None-Match", "").strip()
    held = answer.headers.get("ETag", "")
    is_read = request.method in {"GET", "HEAD"} and answer.status_code == OK
    if not (given and held and is_read) or (given != ANY and not _tags(held) & _tags(given)):
        return answer
    answer.status_code = NOT_MODIFIED
    answer.content = b""  # type: ignore[attr-defined]
    for name in ("Content-Type", "Content-Length"):
        answer.headers.pop(name, None)
    return answer


def _tags(given: str) -> set[str]:
    """Return the tags of a header; a weak one counts, since a compressing server weakens ours."""
    return set(_TAG.findall(given))
