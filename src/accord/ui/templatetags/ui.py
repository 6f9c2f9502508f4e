"""Tags and filters that every template has at hand; each draws one thing."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accord.kernel.records import record_kinds, reference
from accord.ui import say
from accord.ui.charts import Chart
from accord.ui.figures import chart_figure_context
from accord.ui.forms import Form, summary_of
from accord.ui.parts import PROVENANCE_WORDS, Crumbs, Figure, Link, Part, State
from accord.ui.say import Number, Text

register = template.Library()
_SHORT_HASH = 4


@register.filter
def day(value: date | None) -> str:
    """Return 30 Sep 2019 or 2019年9月30日; nothing for None."""
    return say.day(value) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """Return 30 Sep or 9月30日; nothing for None."""
    return say.short_day(value) if value else ""


@register.filter
def stated(value: date | None, precision: str) -> str:
    """Return a stated date as exactly as its source gives it; nothing for None."""
    return say.stated(value, precision) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Return day, time and zone; nothing for None."""
    return say.moment(value) if value else ""


@register.filter
def count(value: Number | None) -> str:
    """Return 12,345; a dash for None, which is not zero."""
    return "–" if value is None else say.count(value)


@register.filter
def signed(value: Number | None) -> str:
    """Return +6 or −1."""
    return "–" if value is None else say.signed(value)


@register.filter
def said(value: Text | None) -> SafeString | str:
    """Return a text, marked with its language where it differs from the page's."""
    return "" if value is None else say.said(value)


@register.filter
def initials(value: str) -> str:
    """Return LW for Li Wei."""
    return say.initials(str(value))


@register.simple_tag(takes_context=True)
def part(context: template.Context, thing: Part | None) -> SafeString:
    """Draw a part; nothing for None. Parts that post get the page's CSRF token."""
    if not thing:  # absent from the context counts as none
        return SafeString()
    drawn = render_to_string(thing.template, {"part": thing, "csrf_token": context.get("csrf_token")})
    return SafeString(drawn)


@register.simple_tag
def state(tone: str, word: Text) -> SafeString:
    """Draw a state chip."""
    return _drawn(State(tone, word))


@register.simple_tag
def provenance(kind: str) -> SafeString:
    """Draw a provenance tag; nothing for an empty kind."""
    if not kind:
        return SafeString()
    return format_html('<span class="prov prov-{}">{}</span>', str(kind), PROVENANCE_WORDS.get(str(kind), kind))


@register.simple_tag
def figure(
    value: Number | None,
    target: Number | None = None,
    unit: Text = "",
    provenance: str = "",
    plain: Text = "",
) -> SafeString:
    """Draw a number of its target."""
    return _drawn(Figure(value, target, unit, provenance, plain))


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """Draw breadcrumbs from label, address, label, address."""
    links = tuple(Link(label, url) for label, url in zip(pairs[::2], pairs[1::2], strict=True))
    return _drawn(Crumbs(links))


@register.simple_tag
def chart(thing: Chart | None, size: str = "row") -> SafeString:
    """Draw one SVG; nothing for None."""
    return thing.svg(size) if thing is not None else SafeString()


@register.inclusion_tag("ui/chart_figure.html")
def chart_figure(thing: Chart, caption: Text = "", csv: str = "", json: str = "", vega: str = "") -> dict[str, Any]:
    """Draw a chart with caption, files and its table of numbers."""
    return chart_figure_context(thing, caption, csv, json, vega)


@register.simple_tag
def hash_chip(digest: str) -> SafeString:
    """Draw the first and last four letters of a hash, with the whole as its title."""
    short = digest if len(digest) <= 3 * _SHORT_HASH else f"{digest[:_SHORT_HASH]}…{digest[-_SHORT_HASH:]}"
    return format_html('<code class="hash" title="{}">{}</code>', digest, short)


@register.simple_tag
def history_link(kind: str, pk: int) -> SafeString:
    """Draw the way to a record's history; nothing for kinds of record that have none."""
    if record_kinds.get(kind) is None:
        return SafeString()
    url = reverse("history:history", args=[reference(kind, pk)])
    return format_html('<a class="button" href="{}">{}</a>', url, _("History"))


@register.simple_tag
def files_link(kind: str, pk: int) -> SafeString:
    """Draw the way to the files of a record; nothing for kinds of record that have none."""
    if record_kinds.get(kind) is None:
        return SafeString()
    url = reverse("files:files", args=[reference(kind, pk)])
    return format_html('<a class="button" href="{}">{}</a>', url, _("Files"))


@register.simple_tag
def avatar(name: str) -> SafeString:
    """Draw the initials of a person whose name stands beside them or is given to screen readers elsewhere."""
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', say.initials(name))


@register.inclusion_tag("ui/parts/as_of.html", takes_context=True)
def as_of_form(context: template.Context, on: date, name: str = "as_of") -> dict[str, Any]:
    """Draw a form that asks for the page as of another day and keeps the address's other parameters."""
    request = context.get("request")
    pairs = request.GET.lists() if request else ()
    kept = [(key, value) for key, values in pairs for value in values if key not in {name, "page"}]
    return {"on": on, "name": name, "kept": kept}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Draw one field with label, hint and error."""
    return bound.as_field_group()


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Draw all visible fields and the hidden inputs of a form."""
    return mark_safe(form.render("ui/form.html"))  # noqa: S308 (a rendered template)


@register.simple_tag
def error_summary(form: Any) -> SafeString:
    """Draw the summary of what is wrong with a form; nothing when nothing is."""
    problems = summary_of(form) if isinstance(form, Form) else ()
    return SafeString(render_to_string("ui/parts/errors.html", {"problems": problems})) if problems else SafeString()


@register.simple_tag
def title_prefix(form: Any) -> str:
    """Return "Error: " before the title of a page whose form is wrong."""
    return _("Error: ") if isinstance(form, Form) and form.is_bound and form.errors else ""


def _drawn(thing: Part) -> SafeString:
    return SafeString(render_to_string(thing.template, {"part": thing}))
