"""What the doors of the page itself answer to whom: choices that a cookie keeps, and samples that nobody keeps."""

from tests.access import EVERYBODY, Probe, answers

SENT_ON = answers(302, 302, 302, 302, 302, 302)
SAMPLE = answers(422, 422, 422, 422, 422, 422)
CLASH = answers(409, 409, 409, 409, 409, 409)

PROBES = [
    Probe("ui:display", get=EVERYBODY, post=SENT_ON, body=lambda _stage: {"zone": "Asia/Shanghai"}),
    Probe("ui:theme", post=SENT_ON, body=lambda _stage: {"theme": "dark"}),
    Probe("ui:style", get=EVERYBODY),
    Probe("ui:style_form", get=EVERYBODY, post=SAMPLE),
    Probe("ui:style_check", get=EVERYBODY, post=SAMPLE),
    Probe("ui:style_clash", get=CLASH),
]
