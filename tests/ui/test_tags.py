"""Tags: what they draw, what they escape."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from accord.kernel.text import Bilingual
from accord.ui.charts import Spark
from accord.ui.parts import Figure, Link, Party, Pill, Row, Rows, State, Tone

DIGEST = "9f3c" + "0" * 56 + "a41e"


def drawn(source, **context):
    return " ".join(Template(source).render(Context(context)).split())


@pytest.mark.parametrize("tone", list(Tone))
def test_every_state_has_a_shape_of_its_own_and_a_word(tone):
    chip = drawn("{% state tone 'Likely' %}", tone=tone)

    assert f'class="chip tone-{tone}"' in chip
    assert f'<span class="mark" aria-hidden="true">{tone.mark}</span>Likely' in chip
    assert len({each.mark for each in Tone}) == len(Tone)


def test_figures_say_number_target_unit_and_provenance():
    text = drawn("{% figure 189 300 'teams' 'simulated' %}")

    assert text == (
        '<span class="fig"><b>189</b> of 300 teams <span class="prov prov-simulated">simulated</span></span>'
    )


def test_no_number_is_not_zero():
    assert "not measured yet" in drawn("{% figure None %}")
    assert "<b>0</b>" in drawn("{% figure 0 %}")
    assert drawn("{{ none|count }}/{{ zero|count }}", none=None, zero=0) == "–/0"


def test_hashes_are_short_with_the_whole_at_hand():
    assert drawn("{% hash_chip digest %}", digest=DIGEST) == (f'<code class="hash" title="{DIGEST}">9f3c…a41e</code>')


def test_texts_of_people_are_escaped_everywhere():
    evil = "<b>x</b>"
    row = Row(evil, evil, evil, Figure(1, 2, evil), state=State("good", evil), sentence=evil, when=evil, key=evil)

    text = drawn(
        "{% part rows %}{% part pill %}{% part party %}{% hash_chip evil %}{% avatar evil %}",
        rows=Rows(evil, (row,), evil),
        pill=Pill(evil, evil, evil),
        party=Party(evil, evil, evil),
        evil=evil,
    )

    assert "<b>x" not in text
    assert "&lt;b&gt;x" in text


def test_a_row_marks_a_title_that_is_only_in_the_other_language():
    text = drawn("{% part rows %}", rows=Rows("People", (Row(Bilingual(zh_hans="联合实验室"), "/p/"),)))

    assert '<a href="/p/"><span lang="zh-Hans" title="English text missing">联合实验室</span></a>' in text


def test_a_pill_says_what_its_cross_removes():
    assert 'aria-label="Remove filter: Kind: Lease"' in drawn("{% part pill %}", pill=Pill("Kind: Lease", "?"))


def test_a_part_that_posts_carries_the_token():
    text = drawn("{% part link %}", link=Link("Sign out", "/out/", post=True), csrf_token="abc")

    assert 'name="csrfmiddlewaretoken" value="abc"' in text


def test_nothing_is_drawn_for_nothing():
    assert drawn("{% part none %}{% part absent %}{% chart none %}{% provenance '' %}", none=None) == ""


def test_as_of_keeps_the_other_parameters_but_the_page():
    request = RequestFactory().get("/?kind=a&kind=b&page=3&as_of=2019-01-01")

    text = drawn("{% as_of_form on %}", on=date(2019, 9, 30), request=request)

    assert text.count('type="hidden"') == 2
    assert 'type="date" name="as_of" value="2019-09-30"' in text


def test_a_figure_shows_both_slots_the_files_and_the_numbers():
    chart = Spark("Learner days", ((date(2019, 9, 1), 1200.0),), "days")

    text = drawn("{% chart_figure chart caption='Counted daily.' csv='/x.csv' %}", chart=chart)

    assert text.count("<svg") == 2
    assert '<a href="/x.csv">CSV<span class="hidden"> of Learner days</span></a>' in text
    assert '<td>1 Sep 2019</td><td class="n">1,200</td>' in text
    assert "Vega-Lite" not in text
