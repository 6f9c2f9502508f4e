"""Check answers: form, check page, act, and back to the form without losing anything."""

import re

import pytest
from django import forms
from django.test import RequestFactory

from accord.ui.answers import answers_of, ask
from accord.ui.forms import BilingualField, DayField, Form

GOOD = {"name_0": "Teams", "name_1": "团队", "on": "30 Sep 2019", "kind": ["a", "b"], "note": ""}


class Evidence(Form):
    name = BilingualField(label="Name")
    on = DayField(label="Day")
    kind = forms.MultipleChoiceField(label="Kind", choices=(("a", "Alpha"), ("b", "Beta")))
    note = forms.CharField(label="Note", required=False)
    sure = forms.BooleanField(label="Sure", required=False)


def step(data=None, purpose="evidence", form=Evidence):
    factory = RequestFactory()
    return ask(factory.get("/x/") if data is None else factory.post("/x/", data), form, purpose=purpose)


def page(found):
    return found.page(form_template="ui/style_form.html", context={"action": "Record evidence"})


def test_a_first_visit_shows_the_form():
    shown = page(step())

    assert shown.status_code == 200
    assert b'name="on"' in shown.content


def test_wrong_answers_go_back_to_the_form_as_422():
    assert page(step({**GOOD, "on": "soon"})).status_code == 422


def test_good_answers_are_shown_to_be_checked_before_anything_happens():
    found = step(GOOD)

    shown = page(found).content.decode()
    assert not found.confirmed
    assert [(answer.label, answer.value) for answer in answers_of(found.form).answers] == [
        ("Name", "Teams / 团队"),
        ("Day", "30 Sep 2019"),
        ("Kind", "Alpha, Beta"),
        ("Note", "Not given"),
        ("Sure", "No"),
    ]
    assert "Record evidence" in shown
    assert re.search(r'value="on">\s*Change<span class="hidden"> Day</span>', shown)


def test_sending_confirms_the_same_answers():
    carried = step(GOOD).carried

    found = step({"answers-stage": "send", "answers-carried": carried})

    assert found.confirmed
    assert found.form.cleaned_data["kind"] == ["a", "b"]
    assert found.form.cleaned_data["name"].zh_hans == "团队"


def test_change_comes_back_filled_in_at_the_field():
    carried = step(GOOD).carried

    found = step({"answers-stage": "change", "answers-carried": carried, "answers-field": "note"})

    shown = page(found)
    assert not found.confirmed
    assert shown.status_code == 200
    assert 'value="团队"' in shown.content.decode()
    assert re.search(r'name="note"[^>]*autofocus', shown.content.decode())


@pytest.mark.parametrize("spoil", [lambda text: text[:-2] + "xx", lambda _text: "", lambda _text: "a:b:c"])
def test_altered_answers_are_not_taken(spoil):
    found = step({"answers-stage": "send", "answers-carried": spoil(step(GOOD).carried)})

    assert not found.confirmed
    assert "Enter them again" in page(found).content.decode()


def test_answers_to_one_form_do_not_confirm_another():
    found = step({"answers-stage": "send", "answers-carried": step(GOOD).carried}, purpose="signing")

    assert not found.confirmed


def test_answers_that_no_longer_hold_go_back_to_the_form():
    class Stricter(Evidence):
        note = forms.CharField(label="Note")

    found = step({"answers-stage": "send", "answers-carried": step(GOOD).carried}, form=Stricter)

    assert not found.confirmed
    assert page(found).status_code == 422
