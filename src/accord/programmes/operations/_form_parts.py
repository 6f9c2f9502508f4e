"""Changes one part of a form that is being built: a section, a question, the order."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.programmes import queries
from accord.programmes.models import Call, FormVersion
from accord.programmes.operations._call_forms import keep_form

Definition = dict[str, Any]
Edit = Callable[[Definition], None]


def put_section(
    *, call: Call, section: str, facts: Mapping[str, Any], version: int, by: Person, at: datetime
) -> FormVersion:
    """Change a section, or with no key add one at the end; `facts` are title, help and condition.

    Raises what `keep_form` does, and `NotThere`.
    """

    def edit(form: Definition) -> None:
        if section:
            _replace(_section(form, section), facts, keep=("key", "questions"))
            return
        taken = [str(one.get("key", "")) for one in form["sections"]]
        key = queries.key_for(Bilingual.of(facts["title"]), taken, "section")
        form["sections"].append({"key": key, **_said(facts), "questions": []})

    return _keep(call, edit, version, by, at)


def put_question(
    *, call: Call, section: str, question: str, facts: Mapping[str, Any], version: int, by: Person, at: datetime
) -> FormVersion:
    """Change a question, or with no key add one at the end of a section; `facts` is the question without its key.

    Raises what `keep_form` does, and `NotThere`.
    """

    def edit(form: Definition) -> None:
        if question:
            _replace(_question(form, question)[1], facts, keep=("key",))
            return
        key = queries.key_for(Bilingual.of(facts["label"]), queries.keys_in(form), str(facts["kind"]))
        _section(form, section)["questions"].append({"key": key, **_said(facts)})

    return _keep(call, edit, version, by, at)


def move_part(
    *, call: Call, section: str, question: str, steps: int, version: int, by: Person, at: datetime
) -> FormVersion:
    """Move a question, or with no question a whole section, up (−1) or down (1).

    A question at the edge of its section goes into the next one. Raises what `keep_form` does, and `NotThere`.
    """

    def edit(form: Definition) -> None:
        if question:
            _move_question(form, question, steps)
        else:
            sections = form["sections"]
            at_now = sections.index(_section(form, section))
            _swap(sections, at_now, at_now + steps)

    return _keep(call, edit, version, by, at)


def remove_part(*, call: Call, section: str, question: str, version: int, by: Person, at: datetime) -> FormVersion:
    """Remove a question, or with no question a whole section with its questions.

    Raises what `keep_form` does, and `NotThere`.
    """

    def edit(form: Definition) -> None:
        if question:
            home, found = _question(form, question)
            home["questions"].remove(found)
        else:
            form["sections"].remove(_section(form, section))

    return _keep(call, edit, version, by, at)


def _keep(call: Call, edit: Edit, version: int, by: Person, at: datetime) -> FormVersion:
    form = deepcopy(dict(queries.working_form(call).definition))
    edit(form)
    return keep_form(call=call, definition=form, version=version, by=by, at=at)


def _said(facts: Mapping[str, Any]) -> Definition:
    """Return the facts that say something."""
    return {name: value for name, value in facts.items() if value is not None and value not in ("", [], {})}


def _replace(found: Definition, facts: Mapping[str, Any], *, keep: tuple[str, ...]) -> None:
    kept = {name: found[name] for name in keep if name in found}
    found.clear()
    found.update(kept | _said(facts) | {name: kept[name] for name in keep if name == "questions" and name in kept})


def _section(form: Definition, key: str) -> Definition:
    found = next((one for one in form["sections"] if one.get("key") == key), None)
    if found is None:
        raise NotThere(_("This section is no longer there."))
    section: Definition = found
    return section


def _question(form: Definition, key: str) -> tuple[Definition, Definition]:
    for section in form["sections"]:
        for one in section["questions"]:
            if one.get("key") == key:
                return section, one
    raise NotThere(_("This question is no longer there."))


def _move_question(form: Definition, key: str, steps: int) -> None:
    home, found = _question(form, key)
    questions, sections = home["questions"], form["sections"]
    at = questions.index(found)
    if 0 <= at + steps < len(questions):
        _swap(questions, at, at + steps)
        return
    next_home = sections.index(home) + steps
    if not 0 <= next_home < len(sections):
        return
    questions.remove(found)
    other = sections[next_home]["questions"]
    other.insert(0 if steps > 0 else len(other), found)


def _swap(entries: list[Any], at: int, to: int) -> None:
    if 0 <= to < len(entries):
        entries[at], entries[to] = entries[to], entries[at]
