"""Forms and workflows by program: read as data, replaced whole, every fault with its place."""

from copy import deepcopy
from typing import Any

import pytest
from tests.api.conftest import Caller, caller_for, pointers
from tests.programmes.scene import FORM, Scene

from accord.programmes import queries
from accord.programmes.models import Call, FormVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plenty")]
HERE = "/programmes/summer/calls/2019"


@pytest.fixture
def office(scene: Scene) -> Caller:
    """Return a program of whoever runs the programme."""
    return caller_for(scene.manager)


def changed() -> dict[str, Any]:
    """Return the form with one more question."""
    form: dict[str, Any] = deepcopy(FORM)
    label = {"en": "When can you start?", "zh-hans": "最早到岗日期"}
    form["sections"][1]["questions"].append({"key": "start", "kind": "date", "label": label})
    return form


def test_a_form_is_replaced_and_published_as_data(scene: Scene, office: Caller) -> None:
    seen = office.get(f"{HERE}/form")
    assert (seen.json()["is_draft"], seen.json()["published"], seen.headers["ETag"]) == (False, 1, '"0"')
    assert office("PUT", f"{HERE}/form", {"definition": changed()}).status_code == 428

    kept = office("PUT", f"{HERE}/form", {"definition": changed()}, if_match='"0"')

    assert (kept.status_code, kept.json()["is_draft"], kept.json()["number"]) == (200, True, 2)
    assert office("PUT", f"{HERE}/form", {"definition": FORM}, if_match='"0"').status_code == 412
    assert office.post(f"{HERE}/form/publication", {}, if_match='"0"').status_code == 412
    done = office.post(f"{HERE}/form/publication", {}, if_match=kept.headers["ETag"])
    assert (done.status_code, done.json()["is_draft"], done.json()["published"]) == (200, False, 2)
    again = office.post(f"{HERE}/form/publication", {}, if_match='"0"')
    assert (again.status_code, again.json()["code"]) == (409, "form-same")


def test_every_fault_of_a_form_is_named_with_its_place(office: Caller) -> None:
    form = changed()
    form["sections"][1]["questions"][0]["kind"] = "poem"
    form["sections"][0]["title"] = {"en": "You"}

    refused = office("PUT", f"{HERE}/form", {"definition": form}, if_match="*")

    assert (refused.status_code, refused.json()["code"]) == (422, "form-faulty")
    assert set(pointers(refused)) == {
        "#/definition/sections/0/title",
        "#/definition/sections/1/questions/0/kind",
    }
    assert FormVersion.objects.filter(published_at=None).count() == 0


@pytest.mark.parametrize("definition", [{}, {"sections": 7}, {"sections": [{"questions": [3]}]}, {"sections": [None]}])
def test_what_is_no_form_is_refused_in_words(office: Caller, definition: Any) -> None:
    refused = office("PUT", f"{HERE}/form", {"definition": definition}, if_match="*")

    assert refused.status_code == 422
    assert all(one.startswith("#/definition") for one in pointers(refused))
    assert pointers(refused)


def test_a_workflow_is_replaced_until_it_was_promised(office: Caller) -> None:
    wanted = dict(queries.standard_workflows()["reviewed"])
    seen = office.get(f"{HERE}/workflow")
    assert seen.json()["may_change"] is False
    late = office("PUT", f"{HERE}/workflow", {"definition": wanted}, if_match=seen.headers["ETag"])
    assert (late.status_code, late.json()["code"]) == (409, "call-promised")


def test_every_fault_of_a_workflow_is_named_with_its_place(scene: Scene, office: Caller) -> None:
    call = Call.objects.get(pk=scene.call.pk)
    call.pk, call.key, call.published_at, call.published_by = None, "prepared", None, None
    call.save(force_insert=True)
    here = "/programmes/summer/calls/prepared/workflow"
    faulty: dict[str, Any] = deepcopy(dict(queries.standard_workflows()["reviewed"]))
    faulty["start"] = "nowhere"
    del faulty["steps"][0]["to"]

    refused = office("PUT", here, {"definition": faulty}, if_match="*")

    assert (refused.status_code, refused.json()["code"]) == (422, "workflow-faulty")
    assert {"#/definition/start", "#/definition/steps/0"} <= set(pointers(refused))
    assert office("PUT", here, {"definition": faulty}).status_code == 428
    tag = office.get(here).headers["ETag"]
    kept = office("PUT", here, {"definition": queries.standard_workflows()["reviewed"]}, if_match=tag)
    assert (kept.status_code, kept.json()["may_change"]) == (200, True)
    assert office("PUT", here, {"definition": faulty}, if_match=tag).status_code == 412


def test_only_the_office_reads_and_writes_forms(scene: Scene) -> None:
    for other, status in ((scene.applicant, 404), (scene.cast.executive, 403), (scene.cast.outsider, 404)):
        caller = caller_for(other)
        for part in ("form", "workflow"):
            assert caller.get(f"{HERE}/{part}").status_code == status
            assert caller("PUT", f"{HERE}/{part}", {"definition": {}}, if_match="*").status_code == status
