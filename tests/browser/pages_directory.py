"""Pages of the directory: institutions, units, people, what stands twice, tables brought in."""

from datetime import date

from playwright.sync_api import Page
from tests.browser.way import View, Way, at, go, send
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Affiliation, Merge, Person
from accord.people.operations import InstitutionFacts, PersonFacts

UCL = "university-college-london"
TABLE = (
    "name in English,name in Chinese,kind,country,ROR ID\n"
    "Zhejiang University,浙江大学,university,CN,00a2xv884\n"
    "University College London,伦敦大学学院,university,GB,02jx3x895\n"
    "University of Oxford,牛津大学,university,GB,052gg0111\n"
    "Fudan University,复旦大学,hospital,CN,\n"
)


def furnish(scene: Scene) -> None:
    """Add a university with units and people, a pair that may be one, and a merge."""
    steward = scene.cast.steward.person
    who = {"by": steward, "at": moment(TODAY, 0)}
    ucl = people.add_institution(
        facts=InstitutionFacts(
            name=Bilingual("University College London", "伦敦大学学院"),
            kind="university",
            country="GB",
            city=Bilingual("London", "伦敦"),
            website="https://www.ucl.ac.uk",
            ror="02jx3x895",
            time_zone="Europe/London",
        ),
        is_simulated=True,
        **who,
    )
    faculty = people.ensure_unit(
        institution=ucl, name=Bilingual("Faculty of Engineering", "工程学院"), parent=None, **who
    )
    people.ensure_unit(institution=ucl, name=Bilingual("Computer Science", "计算机系"), parent=faculty, **who)
    old = people.ensure_unit(institution=ucl, name=Bilingual("Old Laboratory"), parent=faculty, **who)
    people.close_unit(unit=old, closed_on=date(2019, 3, 1), **who)
    for number, (en, zh) in enumerate(
        (("Ada Wong", "王爱达"), ("Ada Wang", "王爱达"), ("Grace Li", "李慧"), ("", "陈静"))
    ):
        person = people.add_person_at(
            facts=PersonFacts(Bilingual(en, zh), email=f"person{number}@example.org" if number else "", country="GB"),
            institution=ucl if number % 2 else scene.cast.ours.institution,
            unit=faculty if number == 1 else None,
            title=Bilingual("Professor", "教授"),
            starts_on=date(2018, 9, 1),
            is_simulated=True,
            **who,
        )
    place = person.affiliations.get()
    people.end_affiliation(affiliation=place, ends_on=date(2019, 2, 1), **who)
    _merge_two(who)


def _merge_two(who: dict) -> None:
    """Make one person of two."""
    facts = [PersonFacts(Bilingual(name), email="j.doe@example.org") for name in ("Jane Doe", "J. Doe")]
    kept, gone = (people.add_person(facts=one, is_simulated=True, **who) for one in facts)
    people.merge_persons(kept=kept, gone=gone, versions=(1, 1), facts=facts[0], **who)


def named(english: str) -> int:
    """Return the number of a person."""
    return Person.objects.get(name__en=english).pk


def person_page(part: str = "", name: str = "Grace Li") -> Way:
    """Lead to a person's page or one of its parts."""
    return lambda page, _scene: go(page, f"/people/{named(name)}/{part}")


def end_page(page: Page, scene: Scene) -> None:
    """Lead to the page that ends an affiliation."""
    held = Affiliation.objects.get(person__name__en="Grace Li")
    go(page, f"/people/{held.person_id}/affiliations/{held.pk}/end/")


def pair_page(page: Page, scene: Scene) -> None:
    """Lead to two people side by side."""
    go(page, f"/directory/duplicates/people/{named('Ada Wong')}-{named('Ada Wang')}/")


def merge_page(page: Page, scene: Scene) -> None:
    """Lead to the page of the merge."""
    go(page, f"/directory/merges/{Merge.objects.get().pk}/")


def report_page(page: Page, scene: Scene) -> None:
    """Send a table with a fault, a new row and one that changes something."""
    go(page, "/directory/bring-in/institutions/")
    page.set_input_files("input[type=file]", {"name": "houses.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    with page.expect_navigation():
        page.click("main button.primary")


VIEWS = [
    View("institutions", "steward", at("/institutions/")),
    View("institution", "steward", at(f"/institutions/{UCL}/")),
    View("institution, to others", "executive", at(f"/institutions/{UCL}/")),
    View("change an institution, wrong", "steward", send(f"/institutions/{UCL}/change/", ror="02jx3x896"), 422),
    View("new unit", "steward", at(f"/institutions/{UCL}/units/")),
    View("close a unit", "steward", at(f"/institutions/{UCL}/units/faculty-of-engineering/close/")),
    View("people", "steward", at("/people/")),
    View("people, of the institution", "owner", at("/people/")),
    View("person", "owner", person_page()),
    View("change a person", "owner", person_page("change/")),
    View("new person", "owner", at("/directory/new-person/")),
    View("end an affiliation", "owner", end_page),
    View("likely the same", "steward", at("/directory/duplicates/people/")),
    View("merge two", "steward", pair_page),
    View("merges", "steward", at("/directory/merges/")),
    View("a merge", "steward", merge_page),
    View("bring in people", "owner", at("/directory/bring-in/people/")),
    View("what a table does", "steward", report_page),
]
