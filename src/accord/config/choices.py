"""Language and time zone of whoever is signed in: kept on the account, standing in for the cookies of visitors."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accord.kernel import clock
from accord.people import operations
from accord.people.queries import Account
from accord.ui.display import ZONE_COOKIE


class ChoicesMiddleware:
    """Reads the account's choices in place of the cookies, and keeps on the account what the page's frame changes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the account's choices where cookies are read, go on, and keep a new choice."""
        account = request.user
        if not isinstance(account, Account):
            return self.get_response(request)
        chosen = {settings.LANGUAGE_COOKIE_NAME: account.language, ZONE_COOKIE: account.time_zone}
        request.COOKIES.update({name: value for name, value in chosen.items() if value})
        answer = self.get_response(request)
        if request.method == "POST":
            _keep(account, answer)
        return answer


def _keep(account: Account, answer: HttpResponse) -> None:
    """Keep on the account what an answer sets as a cookie: the choices of the frame around every page."""
    language, zone = (
        answer.cookies[name].value if name in answer.cookies else kept
        for name, kept in ((settings.LANGUAGE_COOKIE_NAME, account.language), (ZONE_COOKIE, account.time_zone))
    )
    if (language, zone) != (account.language, account.time_zone):
        operations.change_settings(account=account, language=language, time_zone=zone, at=clock.now())
