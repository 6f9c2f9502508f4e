"""Changing in place: a clash shows before, theirs and yours, and whatever is chosen comes back whole."""

import re
from datetime import date
from html import unescape

import pytest
from django import forms
from django.test import RequestFactory

from accord.kernel.text import Bilingual
from accord.ui.editing import editing
from accord.ui.forms import BilingualField, DayField, Form


class Everything(Form):
    name = BilingualField(label="Name")
    on = DayField(label="Day")
    kind = forms.ChoiceField(label="Kind", choices=(("a", "Kind A"), ("b", "Kind B"), ("c", "Kind C")))
    tags = forms.MultipleChoiceField(label="Tags", choices=(("x", "Tag X"), ("y", "Tag Y")), required=False)
    is_open = forms.BooleanField(label="Open", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)


START = {
    "name": Bilingual("School", "学院"),
    "on": date(2019, 9, 1),
    "kind": "a",
    "tags": ["x"],
    "is_open": True,
    "note": "one\ntwo",
}
MINE = {
    "name_0": "My school",
    "name_1": "学院",
    "on": "3 Sep 2019",
    "kind": "b",
    "note": "one\ntwo",
    "tags": ["x", "y"],
}
THEIRS = START | {"name": Bilingual("Their school", "学院"), "kind": "c", "note": "theirs"}


def ask(data=None, initial=START, version=1, purpose="thing:1"):
    request = RequestFactory().post("/x/", data) if data is not None else RequestFactory().get("/x/")
    return editing(request, Everything, initial=initial, version=version, purpose=purpose)


def carried(edit):
    return dict(edit.form.carried)


def clash_of(data):
    edit = ask(data, initial=THEIRS, version=2)
    assert edit.ready
    return edit.clash(thing="The school", theirs=THEIRS, version=2, url="/school/")


def inputs(page):
    """Return what the clash page would send with the choices it proposes."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        found = {key: unescape(value) for key, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if found["type"] == "hidden" or (found["type"] == "radio" and " checked" in tag):
            sent.setdefault(found["name"], []).append(found["value"])
    return sent


def test_a_form_starts_from_the_record_and_carries_its_version() -> None:
    edit = ask()

    assert not edit.ready
    assert carried(edit)["version"] == "1"
    assert edit.form["on"].value() == date(2019, 9, 1)


def test_an_answer_keeps_the_version_the_form_was_opened_at() -> None:
    edit = ask({**MINE, **carried(ask())}, initial=THEIRS, version=2)

    assert (edit.ready, edit.version) == (True, 1)
    assert edit.answers["name"] == Bilingual("My school", "学院")


def test_a_clash_shows_all_three_sides_and_proposes_the_side_that_changed() -> None:
    answer = clash_of({**MINE, **carried(ask())})

    page = answer.content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    told = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]
    sides = inputs(page)
    assert answer.status_code == 409
    assert [row[0][0] for row in told] == ["Name", "Day", "Kind", "Tags", "Open", "Note"]
    assert told[0][1:] == [["School", "/", "学院"], ["Their", "school", "/", "学院"], ["My", "school", "/", "学院"]]
    assert told[3][1:] == [["Tag", "X"], ["Tag", "X"], ["Tag", "X,", "Tag", "Y"]]
    assert told[4][1:] == [["Yes"], ["Yes"], ["No"]]
    assert {key: values[0] for key, values in sides.items() if key.startswith("pick:")} == {
        "pick:name": "yours",
        "pick:on": "yours",
        "pick:kind": "yours",
        "pick:tags": "yours",
        "pick:is_open": "yours",
        "pick:note": "theirs",
    }


def test_what_is_chosen_comes_back_as_an_answer_made_from_their_version() -> None:
    sent = inputs(clash_of({**MINE, **carried(ask())}).content.decode())
    sent["pick:kind"] = ["theirs"]
    sent["pick:is_open"] = ["theirs"]

    edit = ask(sent, initial=THEIRS, version=2)

    assert (edit.ready, edit.version) == (True, 2)
    assert edit.answers == {
        "name": Bilingual("My school", "学院"),
        "on": date(2019, 9, 3),
        "kind": "c",
        "tags": ["x", "y"],
        "is_open": True,
        "note": "theirs",
    }


def test_what_is_chosen_can_be_edited_before_it_is_saved() -> None:
    sent = inputs(clash_of({**MINE, **carried(ask())}).content.decode())

    edit = ask({**sent, "clash-edit": "1"}, initial=THEIRS, version=2)

    assert not edit.ready
    assert edit.form["name"].value() == ["My school", "学院"]
    assert carried(edit)["version"] == "2"


def test_a_second_clash_has_their_version_as_its_start() -> None:
    sent = inputs(clash_of({**MINE, **carried(ask())}).content.decode())
    later = THEIRS | {"kind": "a"}

    edit = ask(sent, initial=later, version=3)
    page = edit.clash(thing="The school", theirs=later, version=3).content.decode()

    kind = next(row for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if ">Kind" in row)
    assert re.findall(r"Kind [ABC]", kind) == ["Kind C", "Kind A", "Kind B"]


@pytest.mark.parametrize("spoil", [lambda token: token[:-1] + "?", lambda _token: ""])
def test_a_start_that_cannot_be_trusted_counts_as_unknown(spoil) -> None:
    start = carried(ask())

    edit = ask({**MINE, **start, "started": spoil(start["started"])}, initial=THEIRS, version=2)

    assert (edit.ready, edit.version, edit.before) == (True, 1, {})
    assert edit.clash(thing="x", theirs=THEIRS, version=2).status_code == 409


def test_the_start_of_one_record_is_no_start_for_another() -> None:
    edit = ask({**MINE, "started": carried(ask())["started"]}, purpose="thing:2", version=7)

    assert (edit.version, edit.before) == (7, {})
