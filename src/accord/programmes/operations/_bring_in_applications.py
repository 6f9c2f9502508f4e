"""Brings in applications that came another way, from a table that somebody filled in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.engines import questionnaire
from accord.engines.questionnaire import Kind, Problem
from accord.kernel.sheets import Column, Grid, Name, Row, one_of, text
from accord.kernel.text import EN, ZH, Bilingual
from accord.people.enums import ImportOutcome
from accord.people.operations import Change, PersonFacts, Report, RowReport, Unclear, add_person, take_rows
from accord.people.queries import Institution, Person, institutions_by_key, living_persons, person_among
from accord.programmes.enums import Need, WorkflowActor
from accord.programmes.models import Application, Call, FormVersion
from accord.programmes.operations._references import next_references
from accord.programmes.operations._steps import locked_applications, take_step
from accord.programmes.queries import current_form, flow_of

APPLICATION_SHEET: Final = Name("applications", "申请", ("application",))
WRITTEN: Final = (Kind.SHORT, Kind.LONG, Kind.CHOICE, Kind.NUMBER, Kind.DATE, Kind.LINK, Kind.AGREE)
"""Kinds of questions whose answer fits a cell."""
LANGUAGES: Final = {EN: EN, ZH: ZH, "English": EN, "英文": EN, "中文": ZH, "Chinese": ZH}
FIXED: Final = (
    Column("email", ("email", "邮箱"), text, needed=True),
    Column("name_en", ("name in English", "英文姓名", "name"), text, empty=""),
    Column("name_zh", ("name in Chinese", "中文姓名", "姓名"), text, empty=""),
    Column("home", ("key of the home institution", "派出单位代码", "home"), text, empty=""),
    Column("title_en", ("title in English", "英文题目", "title"), text, empty=""),
    Column("title_zh", ("title in Chinese", "中文题目", "题目"), text, empty=""),
    Column("group", ("group", "组别"), text, empty=""),
    Column("language", ("language of letters", "信函语言"), one_of(LANGUAGES), empty=""),
)


def application_columns(call: Call) -> tuple[Column, ...]:
    """Return the columns of a table of applications to a call: who applies, and each question that fits a cell."""
    form = current_form(call)
    if form is None:
        return FIXED
    asked = questionnaire.read(form.definition)
    return (
        *FIXED,
        *(
            Column(f"answer:{one.key}", (one.label.en, one.label.zh_hans, one.key), text, empty="")
            for one in asked.questions
            if one.kind in WRITTEN
        ),
    )


def check_applications(*, grid: Grid, call: Call, by: Person, at: datetime) -> Report:
    """Report what bringing in the table would do; nothing is kept."""
    return _Applications(grid, call, by, at).run(keep=False)


def bring_in_applications(*, grid: Grid, call: Call, only_good: bool, by: Person, at: datetime) -> Report:
    """Bring in the rows of the table: all or, with `only_good`, those without fault. Twice changes nothing.

    A row means the person of its address; they are added where nobody is known by it. What was brought in before is
    brought up to date; what somebody submitted themselves is left alone. Each is submitted as the office's act, and
    stands where a submitted application stands.
    """
    return _Applications(grid, call, by, at).run(keep=True, only_good=only_good)


class _Applications:
    """One table of applications on its way in."""

    def __init__(self, grid: Grid, call: Call, by: Person, at: datetime) -> None:
        self.grid, self.call, self.by, self.at = grid, call, by, at
        self.form = current_form(call)

    def run(self, *, keep: bool, only_good: bool = True) -> Report:
        """Take every row."""
        columns = application_columns(self.call)
        return take_rows(
            self.grid, columns=columns, name=APPLICATION_SHEET, take=self.take, keep=keep, only_good=only_good
        )

    def take(self, row: Row) -> RowReport:
        """Take one row: the person, and their application."""
        form = self._form()
        facts = {
            "home": self._home(row["home"]),
            "title": Bilingual(row["title_en"], row["title_zh"]),
            "group": row["group"][:40],
            "answers": self._answers(form, row),
        }
        person = self._person(row)
        there = Application.objects.filter(call=self.call, applicant=person, withdrawn_at=None).first()
        if there is None:
            made = self._submitted(form, person, row, facts)
            return RowReport(row.number, ImportOutcome.NEW, _titled(made.reference, person), made.pk, [])
        if not there.is_brought_in:
            raise Unclear(
                _("This person began an application of their own: %(reference)s. Take the row out.")
                % {"reference": there.reference},
                field="email",
            )
        changes = self._laid_over(there, facts)
        outcome = ImportOutcome.CHANGED if changes else ImportOutcome.SAME
        return RowReport(row.number, outcome, _titled(there.reference, person), there.pk, changes)

    def _form(self) -> FormVersion:
        if self.form is None:
            raise Unclear(_("The call has no published form yet. Publish it first."))
        return self.form

    def _person(self, row: Row) -> Person:
        found = person_among(living_persons(), row["email"])
        if found is not None:
            return found
        name = Bilingual(row["name_en"], row["name_zh"])
        if "@" not in row["email"] or not name:
            raise Unclear(
                _("Nobody is known by “%(value)s”. Fill in an email address and the name of the applicant.")
                % {"value": row["email"][:60]},
                field="email",
            )
        facts = PersonFacts(name=name, email=row["email"])
        return add_person(facts=facts, by=self.by, at=self.at, is_simulated=self.call.programme.is_simulated)

    def _home(self, key: str) -> Institution | None:
        if not key:
            return None
        found = institutions_by_key([key.casefold()]).get(key.casefold())
        if found is None:
            raise Unclear(
                _("No institution has the key “%(value)s”. Look it up in the list of institutions.")
                % {"value": key[:60]},
                field="home",
            )
        return found

    def _answers(self, form: FormVersion, row: Row) -> dict[str, Any]:
        """Return the answers of a row as they are kept; one that cannot be read is a fault."""
        answers: dict[str, Any] = {}
        for question in questionnaire.read(form.definition).questions:
            raw: Any = row.values.get(f"answer:{question.key}", "")
            if not raw:
                continue
            if question.kind is Kind.CHOICE:
                raw = _keys(question, raw)
            value = questionnaire.clean_one(question, raw)
            if isinstance(value, Problem):
                raise Unclear(str(Bilingual(value.words.en, value.words.zh_hans)), field=f"answer:{question.key}")
            answers[question.key] = value
        return answers

    def _submitted(self, form: FormVersion, person: Person, row: Row, facts: Mapping[str, Any]) -> Application:
        """Write an application and submit it as the office's act."""
        flow = flow_of(self.call)
        (reference,) = next_references(self.call, 1)
        made = Application.objects.create(
            call=self.call,
            reference=reference,
            applicant=person,
            stage=flow.start,
            phase=flow.stage(flow.start).phase.value,
            entered_at=self.at,
            form=form,
            language=row["language"] or EN,
            started_at=self.at,
            is_brought_in=True,
            is_simulated=self.call.programme.is_simulated,
            **facts,
        )
        step = next(one for one in flow.steps_from(flow.start) if WorkflowActor.APPLICANT in one.by and not one.asks)
        return take_step(
            application=made,
            step=step.key,
            by=self.by,
            actors=[WorkflowActor.APPLICANT],
            holds=tuple(Need),
            note=str(_("Brought in from a table.")),
            at=self.at,
        )

    def _laid_over(self, there: Application, facts: Mapping[str, Any]) -> list[Change]:
        """Bring an application that was brought in before up to date."""
        held = locked_applications([there.pk])[0]
        wanted = dict(facts) | {"answers": held.answers | facts["answers"], "home": facts["home"] or held.home}
        wanted["title"] = facts["title"] or held.title
        wanted["group"] = facts["group"] or held.group
        changed = [name for name, value in wanted.items() if getattr(held, name) != value]
        for name in changed:
            setattr(held, name, wanted[name])
        if changed:
            held.version += 1
            held.save(update_fields=[*changed, "version"])
        return [Change(str(HEADINGS[name]), "", str(_("brought up to date"))) for name in changed]


HEADINGS: Final = {
    "answers": pgettext_lazy("of an application", "Answers"),
    "home": _("Home institution"),
    "title": pgettext_lazy("of an application", "Title"),
    "group": _("Group"),
}


def _titled(reference: str, person: Person) -> Bilingual:
    return Bilingual(*(f"{reference} · {person.name.side(one) or person.name}" for one in (EN, ZH)))


def _keys(question: questionnaire.Question, raw: str) -> list[str] | str:
    """Return the keys of options that a cell names by key or by label; several stand with semicolons between."""
    known = {
        words.casefold(): one.key for one in question.options for words in (one.key, one.label.en, one.label.zh_hans)
    }
    parts = [part.strip() for part in raw.replace("；", ";").split(";")] if question.several else [raw.strip()]
    found = [known.get(part.casefold(), part) for part in parts if part]
    return found if question.several else found[0]
