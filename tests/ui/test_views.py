"""The ui's own pages, drawn without a database: frame, style guide, display choices, failures."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from accord.ui import views
from accord.ui.context import Account, Chrome
from accord.ui.display import theme_of, zone_of
from accord.ui.parts import Link

VOID = {"meta", "link", "input", "br", "img", "hr"}
CHROME = Chrome(
    nav=(Link("Agreements", "/a/", current=True), Link("Measures", "/m/")),
    demo=True,
    waiting=3,
    waiting_url="/w/",
    account=Account("Li Wei", (Link("Sign out", "/out/", post=True),)),
    search_url="/search/",
)


class Nesting(HTMLParser):
    """Notes elements that are not closed where they were opened."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))


def got(view, path="/style/", cookies=None, **data):
    request = RequestFactory().get(path, data)
    request.COOKIES.update(cookies or {})
    request.chrome = CHROME
    return view(request)


@pytest.mark.parametrize(
    "view", [views.style_guide, views.style_form, views.style_check, views.style_clash, views.display]
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_are_whole_and_obey_the_strict_policy(view, language):
    with translation.override(language):
        page = got(view).content.decode()

    nesting = Nesting()
    nesting.feed(page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert (nesting.wrong, nesting.open) == ([], [])
    assert len(ids) == len(set(ids))
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*src=)", page)
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert page.count("<h1") == 1
    assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in page


def test_the_frame_shows_what_the_middleware_set():
    page = got(views.style_form).content.decode()

    assert '<a href="/a/" aria-current="page">Agreements</a>' in page
    assert "Demonstration world" in page
    assert '<span class="count">3</span>' in page
    assert '<button type="submit" class="link" name="language" value="zh-hans" lang="zh-Hans">中文</button>' in page
    assert page.count('role="status"') == 1


def test_a_page_without_frame_still_stands():
    request = RequestFactory().get("/style/form/")

    page = views.style_form(request).content.decode()

    assert "Demonstration world" not in page
    assert "Waits for you" not in page


@pytest.mark.parametrize(("chosen", "mark"), [("dark", ' data-theme="dark"'), ("auto", ""), ("x onload=1", "")])
def test_the_theme_is_drawn_by_the_server(chosen, mark):
    page = got(views.style_form, cookies={"accord_theme": chosen}).content.decode()

    assert f'<html lang="en"{mark}>' in page


def test_choosing_a_theme_keeps_it_and_goes_back():
    answer = views.theme(RequestFactory().post("/display/theme/", {"theme": "dark", "next": "/a/?b=1"}))

    assert (answer.status_code, answer.url) == (302, "/a/?b=1")
    assert answer.cookies["accord_theme"].value == "dark"
    assert answer.cookies["accord_theme"]["httponly"]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(wanted):
    answer = views.theme(RequestFactory().post("/display/theme/", {"theme": "purple", "next": wanted}))

    assert answer.url == "/"
    assert "accord_theme" not in answer.cookies


def test_choosing_a_zone_keeps_it_and_a_wrong_one_is_refused():
    good = views.display(RequestFactory().post("/display/", {"zone": "Asia/Shanghai", "next": "/a/"}))
    request = RequestFactory().post("/display/", {"zone": "Mars/Olympus"})

    assert good.cookies["accord_zone"].value == "Asia/Shanghai"
    assert views.display(request).status_code == 422


@pytest.mark.parametrize("cookie", ["../etc/passwd", "Mars/Olympus", ""])
def test_unknown_cookies_count_as_no_choice(cookie):
    request = RequestFactory().get("/")
    request.COOKIES.update({"accord_zone": cookie, "accord_theme": cookie})

    assert (zone_of(request), theme_of(request)) == (None, "auto")


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_the_sample_list_exports(kind):
    answer = got(views.style_guide, format=kind)

    assert answer.headers["Content-Disposition"] == f'attachment; filename="sample.{kind}"'


@pytest.mark.parametrize("name", ["404.html", "403.html", "400.html", "413.html", "403_csrf.html"])
def test_pages_that_explain_stand_with_and_without_a_request(name):
    request = RequestFactory().get("/x/")

    for page in (render_to_string(name, {"exception": "Ask <b>the owner</b>."}, request), render_to_string(name)):
        assert "<h1>" in page
        assert not re.search(r"\b(please|sorry|oops|invalid|forbidden)\b", page, re.IGNORECASE)
        assert "<b>the" not in page


def test_a_refusal_shows_its_reason():
    page = render_to_string("403.html", {"exception": "Only the beneficiary may confirm."}, RequestFactory().get("/"))

    assert "Only the beneficiary may confirm." in page


def test_the_last_page_stands_alone_in_both_languages():
    page = render_to_string("500.html")

    assert "{%" not in page
    assert "/static/" not in page
    assert 'lang="zh-Hans"' in page
