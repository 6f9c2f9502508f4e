"""Forms: 422, the summary, ids that exist, messages that say what to do, days and bilingual texts."""

import re
from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from accord.kernel.text import Bilingual
from accord.ui.forms import BilingualField, DayField, Form, form_page, read_day, summary_of

BANNED = re.compile(r"\b(please|sorry|oops|invalid|valid|required)\b", re.IGNORECASE)


class Everything(Form):
    name = BilingualField(label="Name", help_text="At least one language.")
    amount = forms.IntegerField(label="Amount", min_value=1, help_text="In teams.")
    on = DayField(label="Day")
    kind = forms.ChoiceField(label="Kind", choices=(("a", "A"), ("b", "B")), widget=forms.RadioSelect)
    place = forms.ChoiceField(label="IT centre", choices=(("", "–"), ("1", "One")))
    mail = forms.EmailField(label="Email address")
    note = forms.CharField(label="Note", required=False, max_length=5, widget=forms.Textarea)
    seen = forms.BooleanField(label="I have read it")
    groups = (("Where", ("place", "kind")),)


def answer(data, method="post"):
    request = getattr(RequestFactory(), method)("/x/", data)
    form = Everything(request.POST if method == "post" else None)
    return form_page(request, "ui/style_form.html", form), form


def test_a_form_not_yet_sent_is_200_without_a_summary():
    shown, _form = answer({}, "get")

    page = shown.content.decode()
    assert shown.status_code == 200
    assert 'class="errors"' not in page
    assert "<title>Record a sample" in page
    assert " required" not in re.sub(r"<p.*?</p>", "", page)


def test_a_wrong_form_is_422_with_a_summary_before_the_heading_and_a_title_that_says_so():
    shown, _form = answer({"amount": "0"})

    page = shown.content.decode()
    assert shown.status_code == 422
    assert page.index('class="errors"') < page.index("<h1>")
    assert "<title>Error: Record a sample" in page
    assert 'value="0"' in page


def test_every_link_and_every_description_leads_somewhere():
    page = answer({"amount": "x", "note": "too long"})[0].content.decode()

    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    summary = page[page.index('class="errors"') : page.index("<h1>")]
    targets = re.findall(r'href="#([^"]+)"', summary)
    described = {each for group in re.findall(r'aria-describedby="([^"]+)"', page) for each in group.split()}
    assert len(targets) == 8
    assert set(targets) <= set(ids)
    assert {"id_amount_helptext", "id_amount_error", "id_name_error", "id_kind_error"} <= described
    assert described <= set(ids)
    assert set(re.findall(r'<label for="([^"]+)"', page)) <= set(ids)


def test_the_summary_says_the_same_as_the_fields():
    shown, form = answer({})

    page = shown.content.decode()
    for problem in summary_of(form):
        assert page.count(problem.sentence.replace("“", "“")) == 2, problem


def test_messages_say_what_to_do():
    _page, form = answer({"amount": "0", "on": "soon", "kind": "z", "mail": "x", "note": "too long"})

    said = {name: str(errors[0]) for name, errors in form.errors.items()}
    assert said == {
        "name": "Enter the name.",
        "amount": "Enter 1 or more.",
        "on": "Enter a day such as 30 Sep 2019 or 2019-09-30.",
        "kind": "Choose one of the listed answers.",
        "place": "Choose the IT centre.",
        "mail": "Enter an email address such as name@example.org.",
        "note": "Shorten this to 5 characters; it has 8.",
        "seen": "Tick “I have read it” to go on.",
    }
    assert not any(BANNED.search(text) for text in said.values())


def test_a_forms_own_message_stays():
    class Own(Form):
        amount = forms.IntegerField(error_messages={"required": "Count the teams."})

    assert Own({}).errors["amount"] == ["Count the teams."]


def test_a_problem_of_the_whole_form_stands_first():
    form = Everything(QueryDict(""))
    form.add_error(None, "The day lies before the agreement.")

    assert summary_of(form)[0].sentence == "The day lies before the agreement."
    assert summary_of(form)[0].target == ""


def test_fields_stand_in_their_groups_and_none_is_lost():
    sections = list(Everything().sections())

    assert [(section.legend, [bound.name for bound in section.fields]) for section in sections] == [
        ("", ["name", "amount", "on", "mail", "note", "seen"]),
        ("Where", ["place", "kind"]),
    ]


def test_only_optional_fields_are_marked():
    page = answer({}, "get")[0].content.decode()

    assert page.count("(optional)") == 1
    assert "*" not in re.sub(r"<(script|meta|link).*?>", "", page)


@pytest.mark.parametrize("text", ["2019-09-30", "30 Sep 2019", "30 September 2019", "30/9/2019", " 2019年9月30日 "])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_day_is_read_in_every_usual_form(text, language):
    with translation.override(language):
        assert DayField().clean(text) == date(2019, 9, 30)
    assert read_day(text) == date(2019, 9, 30)


@pytest.mark.parametrize("text", ["", "soon", "2019-02-30", "30 Sep", "9999999-1-1"])
def test_what_is_no_day_is_none(text):
    assert read_day(text) is None


def test_a_day_is_written_back_as_the_picker_reads_it():
    class One(Form):
        on = DayField()

    with translation.override("zh-hans"):
        drawn = str(One(initial={"on": date(2019, 9, 30)})["on"])

    assert 'type="date"' in drawn
    assert 'value="2019-09-30"' in drawn


def test_one_side_of_a_bilingual_text_is_enough():
    field = BilingualField()

    assert field.clean(["", " 团队 "]) == Bilingual(zh_hans="团队")
    assert BilingualField(required=False).clean(["", ""]) == Bilingual()
    with pytest.raises(forms.ValidationError):
        field.clean(["", ""])


def test_both_inputs_of_a_bilingual_text_bear_their_language_and_label():
    class One(Form):
        name = BilingualField(label="Name")

    drawn = str(One(initial={"name": Bilingual("Team", "团队")}).render())

    assert re.search(r'<label for="id_name_1">In Chinese</label><input[^>]*value="团队"[^>]*lang="zh-Hans"', drawn)
    assert "<legend>Name</legend>" in drawn
