"""The pages of sites, floors and spaces: what is shown to whom, and what their forms do."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.workspace.scene import Scene

from accord.workspace import models

pytestmark = pytest.mark.django_db
BASE = "/workspace/dreamworks/"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">'
    '<rect id="A-001" width="40" height="30"/><rect id="a-002" x="40" width="40" height="30"/></svg>'
)


def test_the_list_says_who_has_what(scene: Scene) -> None:
    shown = scene.operator.client.get(f"{BASE}spaces/?as_of=2019-09-30&kind=office").text

    assert "Lantern" in shown
    assert "A-002" in shown
    assert "L-001" not in shown


@pytest.mark.parametrize(("who", "is_quoted"), [("operator", True), ("worker", True)])
def test_prices_are_quoted_to_those_of_the_house(scene: Scene, who: str, is_quoted: bool) -> None:
    shown = getattr(scene, who).client.get(f"{BASE}spaces/").text
    assert ("Price a month" in shown) is is_quoted


def test_a_partner_sees_spaces_without_prices_or_rents(scene: Scene) -> None:
    client = scene.cast.partner.client
    listed, one = client.get(f"{BASE}spaces/").text, client.get(f"{BASE}spaces/{scene.office.pk}/").text

    assert "A-001" in listed
    assert "Lantern" in one
    assert "Price a month" not in listed + one
    assert "Rent a month" not in one
    assert client.get(f"{BASE}spaces/{scene.office.pk}/change/").status_code == 403


def test_a_space_is_added_and_changed_in_place(scene: Scene) -> None:
    client = scene.operator.client
    sent = {
        "floor": scene.ground.pk,
        "code": "A-003",
        "kind": "office",
        "area_m2": "25.5",
        "capacity": "4",
        "features": "Fume hood",
        "price": "1200",
        "starts_on": "2019-10-01",
        "position": "5",
        "outline": "0,0 10,0 10,10",
    }
    added = client.post(f"{BASE}spaces/new/", sent)
    made = models.Space.objects.get(code="A-003")
    assert added.headers["Location"] == f"{BASE}spaces/{made.pk}/"
    assert (made.monthly_minor, made.features, made.outline[2]) == (120000, ["fume-hood"], [10, 10])
    assert len(made.door_token) == 24

    page = client.get(f"{BASE}spaces/{made.pk}/change/")
    changed = client.post(f"{BASE}spaces/{made.pk}/change/", sent | {"capacity": "6", "version": "1"})

    assert 'value="Fume' not in page.text
    assert "fume-hood" in page.text
    assert changed.status_code == 302
    assert models.Space.objects.get(pk=made.pk).capacity == 6


def test_a_refusal_stands_beside_its_input(scene: Scene) -> None:
    sent = {
        "floor": scene.ground.pk,
        "code": "A-001",
        "kind": "office",
        "area_m2": "5",
        "capacity": "1",
        "starts_on": "2019-10-01",
        "position": "5",
    }
    answer = scene.operator.client.post(f"{BASE}spaces/new/", sent)

    assert answer.status_code == 422
    assert "The floor has a space A-001 on some of these days." in answer.text


def test_closing_a_let_space_says_what_is_in_the_way(scene: Scene) -> None:
    answer = scene.operator.client.post(f"{BASE}spaces/{scene.office.pk}/close/", {"on": "2019-11-01"})

    assert answer.status_code == 422
    assert "Lantern (T-lantern)" in answer.text


def test_a_plan_is_brought_in_matched_and_dropped(scene: Scene) -> None:
    client, url = scene.operator.client, f"{BASE}floors/{scene.ground.pk}/"
    sent = SimpleUploadedFile("plan.svg", SVG.encode(), "image/svg+xml")
    told = client.post(f"{url}plan/", {"file": sent}, follow=True).text
    assert "2 of 4 spaces are found in it by their codes." in told
    assert "Not drawn on the plan: L-001, R-001." in told
    assert f'href="{BASE}spaces/{scene.office.pk}/" aria-label="A-001 · Office' in told

    client.post(f"{url}plan/drop/")

    assert models.Floor.objects.get(pk=scene.ground.pk).plan == ""


def test_a_plan_with_a_script_is_refused_by_name(scene: Scene) -> None:
    bad = SVG.replace("<rect", "<script>alert(1)</script><rect onclick='x()'", 1)
    sent = SimpleUploadedFile("plan.svg", bad.encode(), "image/svg+xml")

    answer = scene.operator.client.post(f"{BASE}floors/{scene.ground.pk}/plan/", {"file": sent})

    assert answer.status_code == 422
    assert "&lt;script&gt;; a handler (onclick)" in answer.text


def test_a_floor_opens_closes_and_is_struck(scene: Scene) -> None:
    client = scene.operator.client
    client.post(f"{BASE}floors/new/", {"building": "a", "level": "2", "area_m2": "500", "width": "0", "height": "0"})
    floor = models.Floor.objects.get(level=2)
    url = f"{BASE}floors/{floor.pk}/"
    client.post(f"{url}open/", {"starts_on": "2019-10-01", "area_m2": "400"})
    run = floor.runs.get()
    client.post(f"{url}runs/{run.pk}/close/", {"on": "2020-01-01"})
    run.refresh_from_db()
    assert (int(run.area_m2), run.ends_on) == (400, date(2020, 1, 1))

    client.post(f"{url}runs/{run.pk}/strike/")

    shown = client.get(url).text
    assert "1 struck stretch" in shown


def test_booking_rules_are_typed_by_weekday(scene: Scene) -> None:
    client = scene.operator.client
    page = client.get(f"{BASE}booking-rules/new/")
    assert 'value="08:00-20:00"' in page.text
    sent = {
        "name_0": "Evenings",
        "mode": "time",
        "step_minutes": "30",
        "min_minutes": "30",
        "max_minutes": "240",
        "before_minutes": "0",
        "after_minutes": "15",
        "notice_minutes": "0",
        "advance_days": "60",
        "day_1": "18:00-24:00, 8:00-12:00",
        "day_2": "9-10",
    }
    wrong = client.post(f"{BASE}booking-rules/new/", sent)
    assert wrong.status_code == 422
    assert "Write opening hours as 08:00-20:00" in wrong.text

    client.post(f"{BASE}booking-rules/new/", sent | {"day_2": ""})

    made = models.BookingPolicy.objects.get(name__en="Evenings")
    assert made.opening == {"1": [["08:00", "12:00"], ["18:00", "24:00"]]}


def test_a_table_is_checked_and_then_brought_in(scene: Scene) -> None:
    client = scene.operator.client
    table = "building,level,code,kind,area\nA栋,0,A-010,office,20\na,0,A-011,office,0\n"
    sent = BytesIO(table.encode())
    sent.name = "spaces.csv"
    report = client.post(f"{BASE}spaces/bring-in/", {"file": sent})
    carried = report.context["carried"]
    assert "Enter the area in square metres, more than zero." in report.text
    assert not models.Space.objects.filter(code="A-010").exists()

    client.post(f"{BASE}spaces/bring-in/", {"carried": carried, "rows": "good"})

    assert list(models.Space.objects.filter(code__startswith="A-01").values_list("code", flat=True)) == ["A-010"]


def test_a_site_is_opened_for_ones_own_house(scene: Scene) -> None:
    house = scene.site.operator_id
    sent = {
        "name_0": "Second site",
        "key": "second",
        "operator": house,
        "time_zone": "Asia/Shanghai",
        "currency": "cny",
        "agreement": "",
    }
    assert scene.cast.outsider.client.get("/workspace/new/").status_code in {200, 403}
    opened = scene.operator.client.post("/workspace/new/", sent)

    made = models.Site.objects.get(key="second")
    assert opened.headers["Location"] == "/workspace/second/floors/"
    assert (made.operator_id, made.currency) == (house, "CNY")
    assert scene.operator.client.post("/workspace/new/", sent | {"key": "new"}).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "spaces/",
        "floors/",
        "change/",
        "floors/new/",
        "buildings/new/",
        "booking-rules/",
        "spaces/template.csv",
        "spaces/template.xlsx",
    ],
)
def test_the_keeper_opens_every_page(scene: Scene, path: str) -> None:
    assert scene.operator.client.get(f"{BASE}{path}").status_code == 200
