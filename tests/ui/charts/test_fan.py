"""The fan chart: what it draws, that its words stay on the canvas, that it lies in no format."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from accord.ui.charts import Fan, Promised, Quantiles, Size

START, AS_OF, DUE = date(2019, 6, 22), date(2019, 9, 30), date(2019, 12, 31)
DONE = ((START, 102.0), (date(2019, 7, 20), 150.0), (date(2019, 9, 2), 189.0))
FORECAST = (Quantiles(date(2019, 11, 1), 200, 215, 225, 240, 260), Quantiles(DUE, 240, 260, 275, 295, 320))
SLOTS = [Size.ROW, Size.CARD, Size.PAGE, Size.PRINT]


def fan(**changes):
    usual = {
        "title": "Teams",
        "description": "Teams with a tenancy",
        "unit": "teams",
        "done": DONE,
        "as_of": AS_OF,
        "forecast": FORECAST,
        "promised": (Promised(START, DUE, 300),),
    }
    return Fan(**{**usual, **changes})


def parsed(svg):
    return ET.fromstring(str(svg))


def texts(svg):
    return [(element.text, float(element.get("x")), element) for element in parsed(svg).iter("text")]


@pytest.mark.parametrize("size", SLOTS)
def test_every_size_is_a_named_image_of_its_slot(size):
    root = parsed(fan().svg(size))

    width, height = size.pixels
    assert (root.get("role"), root.get("width"), root.get("height")) == ("img", str(width), str(height))
    assert root.find("title").text == "Teams"
    assert root.find("desc").text == "Teams with a tenancy"
    assert "style=" not in str(fan().svg(size))


def test_done_is_one_step_line_that_ends_at_the_as_of_day():
    line = re.search(r'<path d="([^"]+)" class="done"', str(fan().svg("page"))).group(1)

    assert re.fullmatch(r"M[\d.]+ [\d.]+(H[\d.]+V[\d.]+){2}H[\d.]+", line)
    now = re.search(r'<path d="M([\d.]+) [\d.]+L[^"]+" class="now"', str(fan().svg("page"))).group(1)
    assert line.endswith(f"H{now}")


def test_an_amended_promise_keeps_its_own_line_and_open_dot():
    amended = (Promised(START, DUE, 300, amended=True), Promised(START, date(2020, 2, 28), 260))

    svg = str(fan(promised=amended).svg("page"))

    assert svg.count('class="promised old"') == 1
    assert svg.count('class="promised"') == 1
    assert svg.count('class="promised-dot old"') == 1
    assert "first promised 300 by 31 Dec" in svg
    assert "promised 260 by 28 Feb" in svg


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("size", SLOTS[1:])
@pytest.mark.parametrize("as_of", [START, AS_OF, DUE])
def test_no_word_leaves_the_canvas_or_covers_another(language, size, as_of):
    label = Promised(START, DUE, 300, label="promised 300 teams, all of them in residence, by 31 Dec")
    chart = fan(as_of=as_of, promised=(label, Promised(START, DUE, 400, amended=True)), baseline=(START, 102.0))
    with translation.override(language):
        found = texts(chart.svg(size))

    width, height = size.pixels
    boxes = []
    for text, x, element in found:
        wide = sum(12 if ord(letter) > 0x2E80 else 6.0 for letter in text)
        start = x - wide if element.get("text-anchor") == "end" else x
        y = float(element.get("y"))
        assert 0 <= start <= width, text
        assert start + wide <= width + 1 or wide > width, text
        assert 0 < y <= height, text
        boxes.append((start, y - 11, start + wide, y, text))
    placed = [box for box in boxes if not box[4].replace(",", "").isdigit()]
    for index, one in enumerate(placed):
        for two in placed[index + 1 :]:
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart, (one[4], two[4])


def test_labels_are_escaped():
    svg = str(fan(title="<script>x</script>", unit='"&<b>').svg("page"))

    assert "<script>" not in svg
    assert "<b>" not in svg
    assert parsed(svg).find("title").text == "<script>x</script>"


def test_a_level_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="cannot draw"):
        fan(done=((START, float("nan")),)).svg("page")


@pytest.mark.parametrize(
    "changes",
    [
        {"done": (), "forecast": (), "promised": ()},
        {"done": ((AS_OF, 0.0),), "forecast": (), "promised": ()},
        {"done": ((START, 5.0),), "forecast": (), "promised": (Promised(START, START, 5.0),)},
    ],
)
@pytest.mark.parametrize("size", SLOTS)
def test_thin_data_are_still_drawn(changes, size):
    svg = str(fan(description="", **changes).svg(size))

    assert "nan" not in svg.lower()
    assert parsed(svg).get("role") == "img"


def test_ten_thousand_records_draw_no_more_strokes_than_pixels():
    done = tuple((START + timedelta(days=n // 100), float(n)) for n in range(10_000))

    svg = str(fan(done=done, forecast=(), promised=()).svg("row"))

    assert svg.count("V") <= Size.ROW.pixels[0]


def test_months_are_said_in_the_readers_language():
    with translation.override("zh-hans"):
        chinese = [text for text, _x, _element in texts(fan().svg("page"))]
    english = [text for text, _x, _element in texts(fan().svg("page"))]

    assert "8月" in chinese
    assert "Aug" in english


def test_rows_hold_every_level_with_its_kind():
    table = fan(baseline=(START, 102.0)).rows()

    kinds = [row[0] for row in table.rows]
    assert kinds == ["baseline", "done", "done", "done", "forecast", "forecast", "promised"]
    assert table.records()[5] == {
        "kind": "forecast",
        "day": DUE,
        "level": 275,
        "q10": 240,
        "q25": 260,
        "q75": 295,
        "q90": 320,
    }
    assert len(table.keys) == len(table.header) == len(table.rows[0])


def test_vega_lite_carries_the_data_and_only_fields_that_exist():
    spec = json.loads(json.dumps(fan().vega_lite()))

    values = spec["data"]["values"]
    fields = {field for row in values for field in row}
    encoded = {channel["field"] for layer in spec["layer"] for channel in layer["encoding"].values()}
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert encoded <= fields
    assert {"kind": "promised", "day": "2019-12-31", "level": 300} in values


def test_the_page_size_carries_readings_for_pointing():
    root = parsed(fan().svg("page"))

    readings = json.loads(root.get("data-readout"))
    assert readings[0][1] == "22 Jun: 102 teams"
    assert readings[-1][1] == "31 Dec: expected 275, 240 to 320"
