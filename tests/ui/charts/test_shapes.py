"""Bars, sparks, areas, funnels, strips and their files."""

import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from accord.ui.charts import (
    Area,
    Bar,
    Cell,
    Chart,
    Funnel,
    Heat,
    Layer,
    Size,
    Spark,
    Stage,
    csv_response,
    json_response,
    vega_response,
)

DAYS = (date(2019, 7, 1), date(2019, 8, 1), date(2019, 9, 1))
BAR = Bar("Teams", 189, 300, "bad", (240, 275, 320), "teams")
SPARK = Spark("Learner days", tuple(zip(DAYS, (0.0, 40.0, 120.0), strict=True)), "days")
AREA = Area("People", "By kind", "people", DAYS, (Layer("Interns", (1, 2, 3)), Layer("Fellows & more", (4, 4, 4))))
FUNNEL = Funnel("Call", "", "people", (Stage("Applied", 400), Stage("Matched", 100), Stage("Started", 0)))
HEAT = Heat("Bookings", "", "bookings", (Cell("W1", 0.0), Cell("W2", None), Cell("W3", 10.0)))
ALL = [BAR, SPARK, AREA, FUNNEL, HEAT]


def rects(svg, css):
    found = [rect for rect in ET.fromstring(str(svg)).iter("rect") if css in rect.get("class").split()]
    return [(float(rect.get("x")), float(rect.get("width"))) for rect in found]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("size", list(Size))
def test_every_chart_draws_in_every_slot(chart, size):
    root = ET.fromstring(str(chart.svg(size)))

    assert isinstance(chart, Chart)
    assert root.get("role") == "img"
    assert root.find("title").text
    assert "style" not in root.attrib


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_every_chart_hands_out_its_numbers(chart):
    table = chart.rows()

    assert all(len(row) == len(table.keys) == len(table.header) for row in table.rows)
    assert json.loads(vega_response(chart, "x").content)["data"]["values"]
    assert len(json.loads(json_response(chart, "x").content)["rows"]) == len(table.rows)


def test_a_bar_reaches_as_far_as_its_forecast_and_marks_the_target():
    svg = BAR.svg("row")

    assert rects(svg, "fill") == [(0.0, pytest.approx(200 * 189 / 320, abs=0.1))]
    assert rects(svg, "band-50")[0][0] == pytest.approx(200 * 240 / 320)
    assert rects(svg, "promised-dot")[0][0] == pytest.approx(200 * 300 / 320 - 0.75, abs=0.1)


@pytest.mark.parametrize(("value", "target", "wide"), [(0, 0, 0), (5, 0, 200), (-3, 10, 0)])
def test_a_bar_never_leaves_its_track(value, target, wide):
    assert rects(Bar("x", value, target).svg("row"), "fill") == [(0.0, wide)]


def test_layers_stand_on_each_other():
    rings = re.findall(r'd="(M[^"]+)" class="layer', str(AREA.svg("page")))
    lower_top = rings[0].split("L")[:3]
    upper_foot = rings[1].removesuffix("Z").split("L")[3:]

    assert [point.removeprefix("M") for point in lower_top] == list(reversed(upper_foot))


def test_an_area_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="6 layers"):
        Area("x", "", "", DAYS, tuple(Layer(str(n), (1, 1, 1)) for n in range(6)))
    with pytest.raises(ValueError, match="every day"):
        Area("x", "", "", DAYS, (Layer("a", (1, 2)),))


def test_a_funnel_tells_the_share_of_the_stage_before():
    assert [row[2] for row in FUNNEL.rows().rows] == [None, "25 %", "0 %"]
    assert "100 · 25 %" in str(FUNNEL.svg("page"))


def test_nothing_known_is_drawn_differently_from_zero():
    svg = str(HEAT.svg("page"))

    assert svg.count('class="heat-none"') == 1
    assert "W2: not known" in svg
    assert "W1: 0 bookings" in svg


def test_csv_says_its_notes_first_and_runs_no_formula():
    chart = Heat("x", "", "n", (Cell("=1+1", -2.0),))

    lines = csv_response(chart, "x", ("Demonstration world",)).content.decode().splitlines()

    assert lines == ["# Demonstration world", "label,value", "'=1+1,-2.0"]
