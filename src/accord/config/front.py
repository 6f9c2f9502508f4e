"""What every answer bears, whatever made it: pages, data, errors, static files.

Django's own middleware adds `nosniff`, the referrer policy, the opener policy and HSTS; django-csp adds the content
policy. The rest is here. A door that must allow more (a badge on other sites) sets its own header, which stays.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PROBES = {"/healthz", "/readyz", "/metrics"}
NOT_USED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "serial", "usb"),
    "xr-spatial-tracking",
)
OWN_USE = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")  # copying, and passkeys
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{one}=()" for one in NOT_USED), *(f"{one}=(self)" for one in OWN_USE)]),
    "X-Permitted-Cross-Domain-Policies": "none",
}


class FrontMiddleware:
    """Adds the headers that nothing else adds, and lets monitors ask by whatever name they know this machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, then add what is missing."""
        if request.path_info in PROBES:
            request.META["HTTP_HOST"] = _own_name()  # a load balancer asks by number; these doors answer to any name
        answer = self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


def _own_name() -> str:
    """Return a name that this installation answers to."""
    first = str(settings.ALLOWED_HOSTS[0]) if settings.ALLOWED_HOSTS else "localhost"
    return "localhost" if first == "*" else first.lstrip(".")
