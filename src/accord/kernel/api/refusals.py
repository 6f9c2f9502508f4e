"""How the API itself says no, before or beside the operation that was asked for.

Refused
└── ApiRefused
    ├── Unreadable          400  the body is no JSON
    ├── NotKnown            401  no token, or none that opens anything
    ├── ScopeMissing        403  the token was made for less
    ├── CsrfMissing         403  a session without the page's own mark
    ├── NoSuchPath          404  nothing at this address, for anybody
    ├── MethodNotAllowed    405  the address takes other methods
    ├── KeyInFlight         409  the same request is being answered
    ├── Stale               412  the record changed since it was read
    ├── TooLarge            413  more than is taken at once
    ├── WrongMediaType      415  a body of another kind
    ├── WrongInput          422  fields that do not fit, each named
    ├── KeyReused           422  the key belongs to another request
    ├── VersionMissing      428  a change that does not say of which version
    ├── TooMany             429  more requests than the limit allows
    └── Failed              500  a fault of ours
"""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused


class ApiRefused(Refused):
    """A request that the API refuses; `headers` go with the answer, `errors` name what must change."""

    sentence_of_kind: str | Promise = ""

    def __init__(
        self,
        sentence: str | Promise = "",
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        members: Mapping[str, object] | None = None,
    ) -> None:
        """Say the kind's own sentence where no other is given."""
        super().__init__(sentence or type(self).sentence_of_kind)
        self.headers = dict(headers or {})
        self.errors = tuple(errors)
        self.members = dict(members or {})


class Unreadable(ApiRefused):
    """The body cannot be read as what it says it is."""

    code, status = "unreadable", 400
    sentence_of_kind = _("The body is no JSON text in UTF-8. Send one JSON object.")


class NotKnown(ApiRefused):
    """Nobody is known by what the request shows."""

    code, status = "not-known", 401
    sentence_of_kind = _("Show an access token: Authorization: Bearer accord_…. Make one under your account.")

    def __init__(self, sentence: str | Promise = "", *, error: str = "") -> None:
        """Say by which scheme one is known; `error` is the scheme's own word for what is wrong."""
        challenge = 'Bearer realm="accord"' + (f', error="{error}"' if error else "")
        super().__init__(sentence, headers={"WWW-Authenticate": challenge})


class ScopeMissing(ApiRefused):
    """The token was made for less than this."""

    code, status = "scope-missing", 403
    sentence_of_kind = _("This token may only read. Make one that may write.")

    def __init__(self, scope: str) -> None:
        """Name the scope that is needed."""
        challenge = f'Bearer realm="accord", error="insufficient_scope", scope="{scope}"'
        super().__init__(headers={"WWW-Authenticate": challenge}, members={"scope": scope})


class CsrfMissing(ApiRefused):
    """A page's session asks for a change without the page's own mark."""

    code, status = "csrf-missing", 403
    sentence_of_kind = _("A page's session needs the page's mark: send the cookie csrftoken as X-CSRFToken.")


class NoSuchPath(ApiRefused):
    """There is nothing at this address, for anybody."""

    code, status = "no-such-path", 404
    sentence_of_kind = _("The API has no such address. Its description lists them all: /api/v1/openapi.json.")


class MethodNotAllowed(ApiRefused):
    """The address is there and takes other methods."""

    code, status = "method-not-allowed", 405

    def __init__(self, allowed: Sequence[str]) -> None:
        """Name the methods that are taken."""
        words = ", ".join(sorted(allowed))
        super().__init__(_("This address takes %(methods)s.") % {"methods": words}, headers={"Allow": words})


class KeyInFlight(ApiRefused):
    """Another request with the same Idempotency-Key is being answered."""

    code, status = "key-in-flight", 409
    sentence_of_kind = _("The same request is being answered. Wait a second and send it again.")

    def __init__(self) -> None:
        """Say when to come back."""
        super().__init__(headers={"Retry-After": "1"})


class Stale(ApiRefused):
    """The record changed since the version that If-Match names."""

    code, status = "stale", 412
    sentence_of_kind = _("The record changed since you read it. Read it again, then decide.")

    def __init__(self, version: int) -> None:
        """Name the version that holds."""
        super().__init__(headers={"ETag": f'"{version}"'}, members={"version": version})


class TooLarge(ApiRefused):
    """The body is larger than is taken at once."""

    code, status = "too-large", 413

    def __init__(self, at_most: int) -> None:
        """Name the limit in bytes."""
        super().__init__(
            _("The body is larger than %(bytes)s bytes. Send less at once.") % {"bytes": at_most},
            members={"at_most": at_most},
        )


class WrongMediaType(ApiRefused):
    """The body is of a kind that this address does not take."""

    code, status = "wrong-media-type", 415

    def __init__(self, wanted: str) -> None:
        """Name the kind that is taken."""
        super().__init__(
            _("Send the body as %(type)s, and say so in Content-Type.") % {"type": wanted}, headers={"Accept": wanted}
        )


class WrongInput(ApiRefused):
    """Some of what was sent does not fit; each place is named in `errors`."""

    code, status = "wrong-input", 422
    sentence_of_kind = _("Some of what was sent does not fit. Each place is named under errors.")


class KeyReused(ApiRefused):
    """The Idempotency-Key was used for another request."""

    code, status = "key-reused", 422
    sentence_of_kind = _("This Idempotency-Key belongs to another request. Make a new key for a new request.")


class VersionMissing(ApiRefused):
    """A change must say of which version it is."""

    code, status = "version-missing", 428
    sentence_of_kind = _("Read the record first and send its ETag as If-Match, so that nobody's change is lost.")


class TooMany(ApiRefused):
    """More requests came than the limit allows."""

    code, status = "too-many", 429

    def __init__(self, wait: int) -> None:
        """Say after how many seconds the next request is taken."""
        super().__init__(
            _("Too many requests. Wait %(seconds)s seconds.") % {"seconds": wait}, headers={"Retry-After": str(wait)}
        )


class Failed(ApiRefused):
    """A fault of Accord's own; it is in the server's log under the request's id."""

    code, status = "failed", 500
    sentence_of_kind = _("Accord made a mistake. Send the same request again; if it fails again, report its id.")
