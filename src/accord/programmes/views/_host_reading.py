"""Doors of hosts to what applicants wrote for them: one application after the other, and its files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.links import FoundLink, by_link
from accord.kernel.reading import people_shown
from accord.programmes import queries
from accord.programmes.enums import OPEN_PLACES
from accord.programmes.views._host_ground import Way, by_account, by_token


@require_GET
@signed_in
def host_reads(request: Request, pk: int, code: str, reference: str) -> HttpResponse:
    """Show a host what somebody who wants its place wrote for hosts."""
    return _page(by_account(request, pk), code, reference)


@require_GET
@by_link(OPEN_PLACES)
def reads_by_link(request: Request, link: FoundLink, code: str, reference: str) -> HttpResponse:
    """Show the same to whoever came by a link."""
    return _page(by_token(request, link), code, reference)


@require_GET
@signed_in
def host_reads_file(request: Request, pk: int, code: str, reference: str, file: str) -> HttpResponse:
    """Hand out a file that is meant for hosts, to the host."""
    return _file(by_account(request, pk), code, reference, file)


@require_GET
@by_link(OPEN_PLACES)
def reads_file_by_link(request: Request, link: FoundLink, code: str, reference: str, file: str) -> HttpResponse:
    """Hand out the same to whoever came by a link."""
    return _file(by_token(request, link), code, reference, file)


def _page(way: Way, code: str, reference: str) -> HttpResponse:
    place = way.place(code)
    found = queries.read_for_host(place, reference)
    _tell(way, found.application)
    context = way.context(
        place=place,
        found=found,
        rank_url=way.address("host-rank", code),
        before_url=way.address("host-reads", code, found.before) if found.before else "",
        after_url=way.address("host-reads", code, found.after) if found.after else "",
        sections=[
            (section.title, [(line, _links(way, code, reference, line)) for line in section.lines])
            for section in found.sections
        ],
    )
    return render(way.request, "programmes/host_reads.html", context)


def _links(way: Way, code: str, reference: str, line: queries.AnswerLine) -> list[tuple[str, str]]:
    """Return the names of the files of an answer, each with where it is handed out, if it is still there."""
    return [
        (one.name, way.address("host-reads-file", code, reference, one.ref) if one.ref else "") for one in line.files
    ]


def _file(way: Way, code: str, reference: str, file: str) -> HttpResponse:
    application, answer = queries.open_for_host(way.place(code), reference, file)
    _tell(way, application)
    return answer


def _tell(way: Way, application: queries.Application) -> None:
    people_shown(way.reader, [application.applicant_id], clock.now(way.request.world))
