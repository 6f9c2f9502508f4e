"""What waits for whom, what a search finds, who is told, and what the dossier says."""

from datetime import date

from tests.negotiation.table import Table

from accord.kernel.access import Actor, Grant
from accord.kernel.finding import searches, waits
from accord.kernel.records import follow
from accord.kernel.refused import NotThere
from accord.negotiation import operations, queries
from accord.outbox.models import InboxNote
from accord.people.enums import Role


def officer(table: Table, key: str) -> Actor:
    """Return the officer of a party."""
    party = table.party(key)
    return Actor(table.person(party).pk, key, frozenset({Grant(Role.OFFICER, party.institution_id)}))


def acts(table: Table, key: str) -> list[str]:
    """Return what waits for the officer of a party, by the registry."""
    offered = waits.get("negotiation")
    assert offered is not None
    actor = officer(table, key)
    listed = [str(one.act) for one in offered.listed(actor, 20)]
    assert offered.number(actor) == len(listed)
    return listed


def test_what_waits_follows_the_course(table: Table) -> None:
    seen = [(acts(table, "dreamworks"), acts(table, "cass"))]

    table.put_forward()
    seen.append((acts(table, "dreamworks"), acts(table, "cass")))
    table.ask()
    seen.append((acts(table, "dreamworks"), acts(table, "cass")))

    approve = "Review and approve version 1"
    assert seen == [
        (["Write the draft"], []),
        ([approve], [approve]),
        (["Answer requests", approve], []),
    ]


def test_signing_waits_for_those_who_have_not_signed(table: Table) -> None:
    table.put_forward()
    table.approve(table.ours)
    table.approve(table.theirs)
    table.sign(table.ours)

    assert (acts(table, "dreamworks"), acts(table, "cass")) == ([], ["Sign"])


def test_nothing_waits_in_what_was_withdrawn_though_a_request_is_open(table: Table) -> None:
    table.put_forward()
    table.ask()
    operations.withdraw(negotiation=table.negotiation, why="No money.", by=table.cast.owner.person, at=table.at())

    assert (acts(table, "dreamworks"), acts(table, "cass")) == ([], [])


def test_nothing_waits_once_it_is_signed(table: Table) -> None:
    table.put_forward()
    table.conclude()

    assert (acts(table, "dreamworks"), acts(table, "cass")) == ([], [])


def test_search_finds_a_title_in_either_language_for_the_parties_alone(table: Table) -> None:
    search = searches.get("negotiation")
    assert search is not None
    outsider = Actor(1, "x", frozenset({Grant(Role.OFFICER, 10**6)}))

    found = [[str(one.title) for one in search.find(officer(table, "cass"), words, 5)] for words in ("interns", "发表")]

    assert found == [["Interns and publications"]] * 2
    assert search.find(outsider, "interns", 5) == []


def test_reference_leads_parties_to_the_negotiation_and_nobody_else_there(table: Table) -> None:
    shown = follow(officer(table, "cass"), f"negotiation:{table.negotiation.pk}")
    outsider = Actor(1, "x", frozenset({Grant(Role.OFFICER, 10**6)}))

    assert (shown.url, shown.may_change) == (f"/negotiations/{table.negotiation.key}/", False)
    try:
        follow(outsider, f"negotiation:{table.negotiation.pk}")
    except NotThere:
        return
    raise AssertionError("the outsider was led there")


def test_row_of_a_draft_leads_its_writers_alone_there(table: Table) -> None:
    row = queries.clause_row(table.negotiation, "publication")

    assert follow(officer(table, "dreamworks"), f"draft-clause:{row.pk}").may_change
    try:
        follow(officer(table, "cass"), f"draft-clause:{row.pk}")
    except NotThere:
        return
    raise AssertionError("the other party read the draft")


def test_every_change_of_state_tells_the_other_side(table: Table) -> None:
    told: list[list[str]] = []
    for act in (
        table.put_forward,
        lambda: table.approve(table.ours),
        lambda: table.approve(table.theirs),
        lambda: table.sign(table.ours),
        lambda: table.sign(table.theirs),
    ):
        InboxNote.objects.all().delete()
        act()
        told.append([f"{note.person.key}: {note.message.topic}" for note in InboxNote.objects.all()])

    assert told == [
        ["partner: negotiation.put-forward"],
        ["partner: negotiation.approved"],
        ["owner: negotiation.approved"],
        ["partner: negotiation.signed"],
        ["owner: negotiation.in-force"],
    ]


def test_dossier_looks_back_on_every_promise(amendment: Table) -> None:
    cast = amendment.cast
    cast.record("resident-teams", 9, date(2019, 8, 30), confirmed=amendment.at())
    amendment.put_forward()
    amendment.conclude()

    dossier = queries.dossier_of(cast.agreement, date(2019, 9, 30))

    line = next(one for one in dossier.lines if one.key == "resident-teams")
    assert (line.target, line.delivered, line.amended) == (350, 111, "from 300 to 350 on 2 Sep 2019")
    assert len(dossier.lines) == 10
    assert dossier.amended == 1


def test_dossier_leaves_as_a_file(amendment: Table) -> None:
    answer = amendment.cast.partner.client.get("/agreements/chengdu-cass/dossier/?format=csv")

    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert "About 300 fintech enterprises" in text
