"""What the doors of the people context answer to whom; those of signing in and of one's account stand apart."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.access import EVERYBODY, OWN, SIGNED_IN, STEWARDS, STEWARDS_KNOW, Probe, answers, done
from tests.house.stage import NOW, Stage

from accord.kernel.secret import digest_of
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import CHECK_DETAILS, Role
from accord.people.models import Institution, Merge
from accord.people.operations import PersonFacts

WEEK = timedelta(days=7)
TOKEN = "accord_plantedx_planted0secret0of0an0access0token0of0the0owner"
LINK = "planted-token-of-a-link-for-a-guest-0000000000"
INVITED = "planted-token-of-an-invitation-for-a-guest-0000"
OWN_HOUSE = answers(200, 403, 403, 200, 403)
"""Officers of the institution, and stewards; everybody sees institutions."""
OWN_PEOPLE = answers(200, 403, 403, 200, 404)
"""The same for people, whom only their partners see."""
MAY_ADD = answers(200, 200, 403, 200, 200)
MAY_GRANT = MAY_ADD.but(deputy=403)
"""Officers for their institution, and stewards; never by standing in."""


def furnish(stage: Stage) -> None:
    """Fill the directory, and lend, save and invite."""
    cast = stage.cast
    who = {"by": cast.steward.person, "at": NOW}
    stage.rows["unit"] = people.ensure_unit(
        institution=cast.ours.institution, name=Bilingual("Building Team"), parent=None, **who
    )
    stage.rows["closed"] = closed = people.ensure_unit(
        institution=cast.ours.institution, name=Bilingual("Old Laboratory"), parent=None, **who
    )
    people.close_unit(unit=closed, closed_on=date(2019, 3, 1), **who)
    elsewhere = Institution.objects.get(key="elsewhere")
    places = (("colleague", cast.ours.institution), ("stranger", elsewhere), ("aside", cast.theirs.institution))
    for name, house in places:
        stage.rows[name] = people.add_person_at(
            facts=PersonFacts(Bilingual(f"Wanda {name.title()}"), email=f"wanda.{name}@example.org", country="GB"),
            institution=house,
            unit=None,
            title=Bilingual("Professor"),
            starts_on=date(2018, 9, 1),
            **who,
        )
    stage.rows["affiliation"] = stage.rows["colleague"].affiliations.get()
    _stand_twice(stage, who)
    _lend(stage)
    stage.keep_private("the address of a person", "wanda.colleague@", "owner", "steward", "deputy")
    stage.keep_private("a person of another institution", "Wanda Stranger", "steward", "outsider")
    stage.keep_private("the address of that person", "wanda.stranger@", "steward", "outsider")


def _stand_twice(stage: Stage, who: dict[str, Any]) -> None:
    """Let a person stand twice, and make one of another two."""
    facts = PersonFacts(Bilingual("Jane Doe"), email="j.doe@example.org")
    stage.rows["one"], stage.rows["other"], gone = (people.add_person(facts=facts, **who) for _row in range(3))
    people.merge_persons(kept=stage.rows["one"], gone=gone, versions=(1, 1), facts=facts, **who)
    stage.rows["one"].refresh_from_db()
    stage.rows["merge"] = Merge.objects.get()


def _lend(stage: Stage) -> None:
    """Make a token, a saved view, a link and an invitation of the owner's, and let somebody stand in for them."""
    owner = stage.cast.owner.person
    people.keep_draft(person_id=owner.pk, path="/directory/new-institution/", sent={"name_0": ["Half a name"]}, at=NOW)
    stage.rows["token"] = people.make_token(
        by=owner, name="Nightly export", scopes=["read"], expires_at=NOW + WEEK, secret=TOKEN, at=NOW
    )
    stage.rows["view"] = people.save_view(by=owner, name="Visits only", path="/agreements/", query="state=in-force")
    stage.rows["link"] = people.make_link(
        person=stage.rows["colleague"],
        purpose=CHECK_DETAILS,
        record=f"person:{stage.rows['colleague'].pk}",
        expires_at=NOW + WEEK,
        token=LINK,
        by=owner,
        at=NOW,
    )
    stage.rows["invitation"] = people.invite(
        email="invited.guest@example.org",
        role=Role.EXECUTIVE,
        institution=stage.cast.ours.institution,
        language="",
        token=INVITED,
        url=f"https://accord.example.org/invitation/{INVITED}/",
        by=owner,
        at=NOW,
    )
    stage.rows["lent"] = owner.delegations_given.get()
    stage.rows["role"] = stage.cast.executive.person.grants.get()
    for name, secret in (("an access token", TOKEN), ("a link", LINK), ("an invitation", INVITED)):
        stage.hide(name, secret)
        stage.hide(f"the digest of {name}", digest_of(secret))
    stage.keep_private("the name of a token", "Nightly export", "owner")
    stage.keep_private("the name of a saved view", "Visits only", "owner")
    stage.keep_private("who is invited", "invited.guest@", "owner", "steward")


def house(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of our institution."""
    return {"key": "dreamworks"}


def unit(name: str = "unit") -> Any:
    """Return what gives the parts of the address of a unit."""
    return lambda stage: {"key": "dreamworks", "unit": stage.rows[name].key}


def row(name: str) -> Any:
    """Return what gives the parts of the address of one row."""
    return lambda stage: {"pk": stage.rows[name].pk}


def place(stage: Stage) -> str:
    """Return a unit of ours as a form names it."""
    return f"{stage.cast.ours.institution_id}-{stage.rows['unit'].pk}"


def affiliation(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the colleague's affiliation."""
    return {"pk": stage.rows["colleague"].pk, "affiliation": stage.rows["affiliation"].pk}


def pair(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of two who may be one."""
    return {"kind": "people", "one": stage.rows["one"].pk, "other": stage.rows["other"].pk}


def merging(stage: Stage) -> dict[str, Any]:
    """Return what is sent to make one of two."""
    versions = {f"version-{stage.rows[name].pk}": stage.rows[name].version for name in ("one", "other")}
    return {"keep": stage.rows["one"].pk, **versions}


def link(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the link to the colleague's record."""
    return {"kind": "person", "pk": stage.rows["colleague"].pk, "link": stage.rows["link"].pk}


def links(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the links to the colleague's record."""
    return {"kind": "person", "pk": stage.rows["colleague"].pk}


def granted(stage: Stage) -> dict[str, Any]:
    """Return what is sent to grant the executive of each side a role at their institution."""
    return {"person": "executive", "role": "officer", "starts_on": "2019-10-01", "ends_on": ""}


def table(_stage: Stage) -> dict[str, Any]:
    """Return a table of people to bring in."""
    lines = "name in English,name in Chinese,email,institution,from\nAda Wong,,ada@example.org,dreamworks,2019-09-01\n"
    return {"file": SimpleUploadedFile("people.csv", lines.encode())}


PERSON = {"name_0": "Lin Dan", "name_1": "", "country": "CN"}
PROBES = [
    Probe("people:institutions", get=SIGNED_IN),
    Probe("people:institution", get=SIGNED_IN, at=house),
    Probe(
        "people:institution-change",
        get=STEWARDS,
        post=done(STEWARDS),
        at=house,
        body=lambda _stage: {"name_0": "Dreamworks of Chengdu"},
        form_of="steward",
    ),
    Probe("people:unit-new", get=OWN_HOUSE, post=done(OWN_HOUSE), at=house, body=lambda _stage: {"name_0": "Press"}),
    Probe(
        "people:unit-change", get=OWN_HOUSE, post=done(OWN_HOUSE), at=unit(), body=lambda _stage: {"name_0": "Builders"}
    ),
    Probe("people:unit-close", get=OWN_HOUSE, post=done(OWN_HOUSE), at=unit()),
    Probe("people:unit-reopen", post=done(OWN_HOUSE), at=unit("closed")),
    Probe("people:people", get=SIGNED_IN),
    Probe("people:person", get=answers(200, 200, 200, 200, 404), at=row("colleague")),
    Probe(
        "people:person-change",
        get=OWN_PEOPLE,
        post=done(OWN_PEOPLE),
        at=row("colleague"),
        body=lambda _stage: PERSON,
    ),
    Probe(
        "people:affiliation-new",
        get=OWN_PEOPLE.but(partner=200),
        post=done(OWN_PEOPLE).but(partner=422),
        at=row("colleague"),
        body=lambda stage: {"place": place(stage), "starts_on": "2019-09-01"},
    ),
    Probe(
        "people:affiliation-change",
        get=OWN_PEOPLE,
        post=done(OWN_PEOPLE),
        at=affiliation,
        body=lambda _stage: {"title_0": "Dean"},
    ),
    Probe("people:affiliation-end", get=OWN_PEOPLE, post=done(OWN_PEOPLE), at=affiliation),
    Probe(
        "people:institution-new",
        get=STEWARDS,
        post=done(STEWARDS),
        body=lambda _stage: {"name_0": "Fudan University", "kind": "university"},
        form_of="steward",
    ),
    Probe(
        "people:person-new",
        get=MAY_ADD,
        post=done(MAY_ADD),
        body=lambda stage: PERSON | {"place": place(stage), "starts_on": "2019-09-01"},
    ),
    Probe("people:bring-in", get=MAY_ADD, post=MAY_ADD, at=lambda _stage: {"kind": "people"}, body=table),
    Probe("people:bring-in-template", get=MAY_ADD, at=lambda _stage: {"kind": "people", "suffix": "csv"}),
    Probe("people:duplicates", get=STEWARDS_KNOW, at=lambda _stage: {"kind": "people"}),
    Probe("people:merge", get=STEWARDS_KNOW, post=done(STEWARDS_KNOW), at=pair, body=merging, form_of="steward"),
    Probe("people:merges", get=STEWARDS_KNOW),
    Probe("people:merged", get=STEWARDS_KNOW, at=row("merge")),
    Probe("people:undo-merge", post=done(STEWARDS_KNOW), at=row("merge")),
    Probe("people:permissions", get=SIGNED_IN),
    Probe("people:permissions-of", get=OWN.but(steward=200), at=lambda _stage: {"key": "owner"}),
    Probe("people:roles", get=SIGNED_IN),
    Probe("people:role-new", get=MAY_GRANT, post=done(MAY_GRANT), body=granted),
    Probe(
        "people:role",
        get=answers(200, 404, 200, 200, 404),
        post=answers("done", 404, "done", "done", 404, deputy=403),
        at=row("role"),
        body=lambda _stage: {"ends_on": "2019-12-01"},
    ),
    Probe("people:standing-in", get=SIGNED_IN),
    Probe(
        "people:stand-in-new",
        get=answers(200, 200, 200, 403, 200, deputy=403),
        post=answers("done", 422, 422, 403, 422, deputy=403),
        body=lambda _stage: {"taker": "executive", "starts_on": "2020-01-01", "ends_on": "2020-02-01"},
    ),
    Probe("people:stand-in-end", post=done(OWN), at=row("lent")),
    Probe("people:act-for", post=answers(404, 404, 404, 404, 404, deputy=302), at=row("lent")),
    Probe("people:act-as-oneself", post=answers(302, 302, 302, 302, 302)),
    Probe(
        "people:links",
        get=OWN_PEOPLE,
        post=done(OWN_PEOPLE),
        at=links,
        body=lambda _stage: {"person": "wanda.colleague@example.org", "purpose": CHECK_DETAILS, "days": "30"},
    ),
    Probe("people:link-revoke", post=done(OWN_PEOPLE), at=link),
    Probe("people:tokens", get=SIGNED_IN),
    Probe(
        "people:token-new",
        get=SIGNED_IN.but(deputy=403),
        post=done(SIGNED_IN.but(deputy=403)),
        body=lambda _stage: {"name": "Another one"},
    ),
    Probe("people:token-revoke", post=done(OWN), at=row("token")),
    Probe("people:views", get=SIGNED_IN),
    Probe(
        "people:view-save",
        get=SIGNED_IN,
        post=done(SIGNED_IN),
        body=lambda _stage: {"name": "Mine", "path": "/people/", "query": "country=GB"},
    ),
    Probe("people:view-change", get=OWN, post=done(OWN), at=row("view"), body=lambda _stage: {"name": "Others"}),
    Probe("people:view-drop", post=done(OWN), at=row("view")),
    Probe(
        "people:keep-draft",
        post=done(SIGNED_IN),
        body=lambda _stage: {"path": "/directory/new-person/", "name_0": "Lin"},
    ),
    Probe(
        "people:drop-draft",
        post=answers("done", 302, 302, 302, 302, deputy=302),
        body=lambda _stage: {"path": "/directory/new-institution/"},
    ),
    Probe(
        "people:check-details",
        get=EVERYBODY,
        post=done(EVERYBODY),
        at=lambda _stage: {"token": LINK},
        body=lambda _stage: {"name_0": "Professor Guest"},
    ),
]
