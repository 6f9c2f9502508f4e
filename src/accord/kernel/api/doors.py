"""Doors of the API: a router whose verbs say what each operation asks of a request, and who may.

    router = Router(tags=["Agreements"])

    @router.reads("/agreements/{key}", answer=AgreementShown, may=Permission.VIEW)
    def read_agreement(request: ApiRequest, key: Key) -> Detail[AgreementShown]:
        \"\"\"Read an agreement. …\"\"\"

`reads` is GET. `creates` is POST and honours Idempotency-Key. `acts` is POST on a record, `changes` PUT or PATCH and
`drops` DELETE: these want If-Match and call `expected(request, record.version)`. `asks` is POST that changes nothing.
The function's name is the operation's id, its docstring the description, so both are part of the API.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast, get_origin, get_type_hints

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router as NinjaRouter
from ninja.operation import Operation, PathView
from ninja.responses import Status

from accord.kernel import clock
from accord.kernel.api import _once
from accord.kernel.api._describe import extras
from accord.kernel.api._guard import READ, SAFE, WRITE, ApiRequest, Door, Guard
from accord.kernel.api._versions import tag, unless_known
from accord.kernel.api.refusals import MethodNotAllowed
from accord.kernel.api.shapes import Created, Detail

View = TypeVar("View", bound=Callable[..., Any])
OK, CREATED, NO_CONTENT = 200, 201, 204
JSON = "application/json"


class ApiOperation(Operation):
    """An operation behind its door: guarded, answered once where it creates, with its version as ETag."""

    @property
    def door(self) -> Door:
        """Return what the operation asks of a request."""
        return cast("Door", self.view_func.door)  # type: ignore[attr-defined]  # set by Router

    def run(self, request: HttpRequest, **kw: Any) -> HttpResponseBase:
        """Answer a request, or refuse it with a problem."""
        try:
            asked = cast("Guard", self.api.guard).admit(request, self.door, self._parameters())  # type: ignore[attr-defined]  # Api's own
            answer = self._answer(asked, kw)
        except Exception as error:  # noqa: BLE001 (a door: every fault becomes a problem)
            answer = self.api.on_exception(request, error)
        return unless_known(request, answer)

    def _answer(self, request: ApiRequest, kw: dict[str, Any]) -> HttpResponseBase:
        key = _once.key_of(request) if self.door.creates else ""
        if not key:
            return super().run(request, **kw)
        return _once.answer_once(
            request,
            owner=request.entry.caller,
            key=key,
            at=clock.now(),
            run=lambda: super(ApiOperation, self).run(request, **kw),
            is_secret=self.door.is_secret,
        )

    def _parameters(self) -> frozenset[str]:
        """Return the names of the parameters that may stand in the address."""
        queries = [model for model in self.models if model.__ninja_param_source__ == "query"]
        return frozenset(name for model in queries for name in getattr(model, "__ninja_flatten_map__", ()))

    def _result_to_response(
        self, request: HttpRequest, result: Any, temporal_response: HttpResponse
    ) -> HttpResponseBase:
        """Turn what the function returned into the answer, with ETag and Location where it names them."""
        if isinstance(result, Detail):
            temporal_response["ETag"] = tag(result.version)
            if isinstance(result, Created):
                temporal_response["Location"] = request.build_absolute_uri(result.at)
            if self.door.is_secret:
                temporal_response["Cache-Control"] = "no-store"
            status = CREATED if isinstance(result, Created) else OK
            result = Status(status, result.value)
        answer = super()._result_to_response(request, result, temporal_response)
        if answer.status_code == NO_CONTENT:
            answer.headers.pop("Content-Type", None)
        return answer


class ApiPath(PathView):
    """The operations at one address; says which methods it takes when asked by another."""

    def add_operation(self, path: str, methods: list[str], view_func: Callable[..., Any], **options: Any) -> Operation:
        """Add an operation of ours."""
        self.url_name = options.get("url_name") or self.url_name
        operation = ApiOperation(path, methods, view_func, **options)
        self.operations.append(operation)
        return operation

    def clone(self) -> "ApiPath":
        """Return a copy to bind to an API."""
        twin = ApiPath()
        twin.url_name = self.url_name
        twin.operations = [operation.clone() for operation in self.operations]
        return twin

    def _sync_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        operation = self._find_operation(request)
        if operation is None:
            return self.operations[0].api.on_exception(request, MethodNotAllowed(self.methods()))
        return operation.run(request, *args, **kwargs)

    def _find_operation(self, request: HttpRequest) -> Operation | None:
        method = "GET" if request.method in SAFE else request.method
        return next((one for one in self.operations if method in one.methods), None)

    def methods(self) -> list[str]:
        """Return the methods that the address takes."""
        taken = {method for operation in self.operations for method in operation.methods}
        return sorted(taken | ({"HEAD"} if "GET" in taken else set()))


class Router(NinjaRouter):
    """A context's part of the API."""

    def reads(self, path: str, *, answer: Any, may: str = "", media: str = JSON) -> Callable[[View], View]:
        """Add a GET operation."""
        return self._door(path, "GET", {OK: answer if media == JSON else None}, Door(READ, may), media=media)

    def creates(
        self, path: str, *, answer: Any, may: str, body: str = JSON, is_secret: bool = False
    ) -> Callable[[View], View]:
        """Add a POST operation that makes a record; the same Idempotency-Key makes it once.

        An answer that `is_secret` is kept nowhere; its operation makes once what bears the same `mark_of(request)`.
        """
        door = Door(WRITE, may, creates=True, body=body, is_secret=is_secret)
        return self._door(path, "POST", {CREATED: answer}, door)

    def acts(
        self, path: str, *, answer: Any, may: str, matches: bool = True, body: str = JSON
    ) -> Callable[[View], View]:
        """Add a POST operation on a record that is there."""
        return self._door(path, "POST", {OK: answer}, Door(WRITE, may, matches=matches, body=body))

    def asks(self, path: str, *, answer: Any, may: str = "", body: str = JSON) -> Callable[[View], View]:
        """Add a POST operation that changes nothing: the question is too long for an address."""
        return self._door(path, "POST", {OK: answer}, Door(READ, may, body=body))

    def changes(
        self, path: str, *, answer: Any, may: str, method: str = "PATCH", body: str = JSON, may_be_new: bool = False
    ) -> Callable[[View], View]:
        """Add a PUT or PATCH operation; where the record `may_be_new`, If-None-Match: * makes it."""
        answers = {OK: answer, **({CREATED: answer} if may_be_new else {})}
        return self._door(path, method, answers, Door(WRITE, may, matches=True, may_be_new=may_be_new, body=body))

    def drops(self, path: str, *, may: str) -> Callable[[View], View]:
        """Add a DELETE operation."""
        return self._door(path, "DELETE", {NO_CONTENT: None}, Door(WRITE, may, matches=True))

    def _door(
        self, path: str, method: str, answers: dict[int, Any], door: Door, *, media: str = JSON
    ) -> Callable[[View], View]:
        def keep(view: View) -> View:
            view.door = door  # type: ignore[attr-defined]  # read by ApiOperation
            summary, description = _said(view)
            returned = get_type_hints(view).get("return")
            has_version = isinstance(kind := get_origin(returned), type) and issubclass(kind, Detail)
            self.path_operations.setdefault(path, ApiPath())
            self.add_api_operation(
                path,
                [method],
                view,
                response=answers,
                by_alias=True,
                operation_id=view.__name__,
                url_name=view.__name__,
                summary=summary,
                description=description,
                openapi_extra=extras(door, media, has_version=has_version or media != JSON),
            )
            return view

        return keep


def _said(view: Callable[..., Any]) -> tuple[str, str]:
    """Return the first sentence of a docstring and the rest."""
    text = " ".join((view.__doc__ or "").split())
    summary, _dot, rest = text.partition(". ")
    return summary.rstrip("."), rest


def operations_of(paths: Sequence[PathView]) -> list[ApiOperation]:
    """Return the operations at some addresses."""
    return [operation for path in paths for operation in path.operations if isinstance(operation, ApiOperation)]
