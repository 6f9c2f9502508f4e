"""What the operations of the API to forms and workflows answer to whom, and how each is asked."""

from tests.api.asked import Ask
from tests.programmes.deciding import another_call
from tests.programmes.scene import FORM, Scene

from accord.programmes import models, operations, queries

RUNNERS = ("200", "404", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("read_call_form", "replace_call_form", "publish_call_form", "read_call_workflow", "replace_call_workflow"), RUNNERS
)


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked: of a call that is being prepared, with a draft of its form."""
    call = another_call(scene, "2034").call
    models.Call.objects.filter(pk=call.pk).update(published_at=None, published_by=None)
    shorter = {"sections": FORM["sections"][:1]}
    operations.keep_form(call=call, definition=shorter, version=0, by=scene.manager.person, at=call.prepared_at)
    here = {"programme": scene.programme.key, "key": call.key}
    return {
        "read_call_form": Ask(here),
        "replace_call_form": Ask(here, {"definition": FORM}),
        "publish_call_form": Ask(here, {}),
        "read_call_workflow": Ask(here),
        "replace_call_workflow": Ask(here, {"definition": queries.standard_workflows()["reviewed"]}),
    }
