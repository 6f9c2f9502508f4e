"""What the pages that describe the API answer to whom; its operations stand in `test_who_may`."""

from tests.access import EVERYBODY, Probe, answers

NOWHERE = answers(404, 404, 404, 404, 404, 404)

PROBES = [
    Probe("api-pages:overview", get=EVERYBODY),
    Probe("api-pages:operation", get=EVERYBODY, at=lambda _stage: {"code": "read_board"}),
    Probe("api-pages:problems", get=EVERYBODY),
    Probe("api-pages:problem", get=EVERYBODY, at=lambda _stage: {"code": "not-allowed"}),
    Probe("api-pages:openapi", get=EVERYBODY),
    Probe("api-beyond:unknown", get=NOWHERE, post=NOWHERE, at=lambda _stage: {"rest": "v1/nothing"}),
]
