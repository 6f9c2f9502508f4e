"""Everything under /api/ is answered as an API does, also what never reached an operation."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accord.kernel.api.problems import MEDIA_TYPE, answered, described

ROOT = "/api/v1/"
FIRST_ERROR = 400
CODES = {
    400: "unreadable",
    401: "not-known",
    403: "not-allowed",
    404: "no-such-path",
    405: "method-not-allowed",
    413: "too-large",
    429: "too-many",
}
KEPT = ("Allow", "Retry-After", "WWW-Authenticate", "X-Frame-Options")


class ApiMiddleware:
    """Turns errors of the layers around the API into problems, and adds the headers of each request's entry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; what is not under the API's address is left as it is."""
        answer = self.get_response(request)
        if not request.path_info.startswith(ROOT):
            return answer
        if answer.status_code >= FIRST_ERROR and not answer.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            answer = _as_problem(request, answer)
        for name, value in getattr(getattr(request, "entry", None), "headers", {}).items():
            answer.headers[name] = value
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(answer, ("Authorization", "Cookie", "Accept-Language"))
        return answer


def _as_problem(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the problem that says what an error page would have said."""
    code = CODES.get(answer.status_code, "failed")
    headers = {name: answer.headers[name] for name in KEPT if name in answer.headers}
    body = described(request, answer.status_code, code, _("The request was refused before it reached the API."))
    turned = answered(body, answer.status_code, headers)
    turned._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (Django's mark: it logged the first answer)
    return turned
