"""Search: a page, and the same answers as data for the palette."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, open_to_all
from accord.kernel.finding import Search, Words
from accord.kernel.text import Bilingual
from accord.kernel.words import MOST_LETTERS
from accord.portal import queries
from accord.portal.chrome import all_pages
from accord.ui.parts import Link, Pages, Tabs

EACH, MOST_SUGGESTED, MOST_PLACES = 5, 4, 6
LAST = queries.MOST // queries.PAGE


@require_GET
@open_to_all
def search(request: Request) -> HttpResponse:
    """Show what the words find, by kind; with `kind`, all of one kind, page by page."""
    said, kind = _said(request), request.GET.get("kind", "")
    kinds = queries.search_kinds(request.actor)
    if kind and kind not in kinds:
        raise Http404(_("Nothing of this kind can be searched."))
    context: dict[str, Any] = {"said": said, "kind": kind, "tabs": _tabs(said, kind, kinds)}
    if kind and said:
        context |= _one_kind(request, said, kind)
    elif said:
        context["groups"] = queries.search_all(request.actor, said, each=EACH)
        context["places"] = _places(request, said)[:MOST_PLACES]
    return render(request, "portal/search.html", context)


@require_GET
@never_cache
@open_to_all
def suggest(request: Request) -> JsonResponse:
    """Answer what the palette shows for the words: things to begin, pages, saved views, records."""
    said = _said(request)
    most = MOST_PLACES if said else MOST_LETTERS
    found = queries.search_all(request.actor, said, each=MOST_SUGGESTED)
    groups = [
        (_("Begin"), queries.commands_like(request.actor, said)[:most]),
        (_("Go to"), queries.pages_like(all_pages(request), said)[:most]),
        (_("Your views"), queries.views_like(request.actor, said)[:most]),
        *((str(one.name), one.found) for one in found),
    ]
    return JsonResponse({"groups": [_group(name, items) for name, items in groups if items]})


def _said(request: Request) -> str:
    """Return the words that were typed, without signs that nobody sees."""
    return "".join(one for one in request.GET.get("q", "")[:MOST_LETTERS] if one.isprintable()).strip()


def _group(name: str, items: Iterable[Any]) -> dict[str, Any]:
    return {"name": name, "items": [_item(one) for one in items]}


def _item(one: Any) -> dict[str, str]:
    """Return one place or result as the palette draws it; `lang` where it is not in the language of the page."""
    hint = one.hint if isinstance(one, queries.Place) else one.context
    return {"title": str(one.title), "lang": _other_language(one.title), "hint": str(hint), "url": one.url}


def _other_language(title: Words) -> str:
    return title.language_for() if isinstance(title, Bilingual) and title.is_missing() else ""


def _places(request: Request, said: str) -> list[queries.Place]:
    """Return the things to begin and the pages that are like the words."""
    every = [*queries.commands_like(request.actor, said), *queries.pages_like(all_pages(request), said)]
    return sorted(every, key=lambda one: -one.rank)


def _one_kind(request: Request, said: str, kind: str) -> dict[str, Any]:
    """Return one page of the results of one kind."""
    number = request.GET.get("page", "1")
    page = max(min(int(number), LAST), 1) if number.isdecimal() and len(number) <= len(str(LAST)) else 1
    group = queries.search_page(request.actor, said, kind, page)
    return {
        "group": group,
        "pages": _pages(said, kind, page, has_more=group.has_more),
        "is_cut": page == LAST and len(group.found) == queries.PAGE,
    }


def _pages(said: str, kind: str, page: int, *, has_more: bool) -> Pages:
    """Return the links to the pages so far, and to the next where there is one."""
    last = page + 1 if has_more else page
    links = [Link(str(one), _address(said, kind, one), current=one == page) for one in range(1, last + 1)]
    before = _address(said, kind, page - 1) if page > 1 else ""
    after = _address(said, kind, page + 1) if has_more else ""
    return Pages(links if last > 1 else (), before, after)


def _tabs(said: str, kind: str, kinds: Mapping[str, Search]) -> Tabs:
    """Return the ways to narrow a search to one kind."""
    links = [Link(_("Everything"), _address(said, "", 1), current=not kind)]
    links += [Link(one.name, _address(said, code, 1), current=code == kind) for code, one in kinds.items()]
    return Tabs(links, _("Kind"))


def _address(said: str, kind: str, page: int) -> str:
    asked = {"q": said, "kind": kind, "page": str(page) if page > 1 else ""}
    return f"{reverse('portal:search')}?{urlencode({name: value for name, value in asked.items() if value})}"
