"""Pages of calls: what everybody reads, the check before the form, the form as it is built, and a wrong question."""

from typing import Any

from tests.browser.way import View, at, send
from tests.browser.world import Scene

from accord.kernel.text import Bilingual
from accord.programmes import models, operations
from accord.programmes.operations import CallFacts

OFFICE = "/programmes/summer/drafted/office/"
RULE = {
    "key": "level",
    "condition": {"question": "level", "is": "master"},
    "words": {"en": "Hosts ask for it.", "zh-hans": "接收单位要求。"},
    "refusal": {"en": "It is for students of a master’s programme.", "zh-hans": "仅面向硕士生。"},
}


def furnish(scene: Scene) -> None:
    """Give the open call a rule, and prepare another one with a condition that stands before its question."""
    call = models.Call.objects.get(programme__key="summer", key="2019")
    models.Call.objects.filter(pk=call.pk).update(eligibility=[RULE])
    by: dict[str, Any] = {"by": scene.others["manager"].person, "at": call.prepared_at}
    facts = CallFacts(
        key="drafted",
        name=Bilingual("A round that is being prepared", "正在准备的一轮"),
        opens_at=call.opens_at.replace(year=2020),
        closes_at=call.closes_at.replace(year=2020),
        time_zone="Asia/Shanghai",
    )
    made = operations.prepare_call(programme=call.programme, facts=facts, **by)
    operations.move_part(call=made, section="", question="nationality", steps=-1, version=1, **by)


VIEWS = [
    View("call", "", at("/programmes/summer/2019/")),
    View("check before the form, not met", "", at("/programmes/summer/2019/check/?check=1&q-level=bachelor")),
    View("overview of a call that is prepared", "manager", at(OFFICE)),
    View("form with a fault", "manager", at(f"{OFFICE}form/")),
    View("form as applicants see it", "manager", at("/programmes/summer/2019/office/form/preview/")),
    View("question, wrong", "manager", send(f"{OFFICE}form/questions/needs-visa/", options="Yes"), 422),
]
