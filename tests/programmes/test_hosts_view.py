"""What hosts read of those who want their place: what is meant for hosts, of who ranks this place, and nobody else."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.cast import member
from tests.programmes.scene import FORM, WHILE_OPEN, Scene
from tests.programmes.test_match_pages import link, text_of
from tests.programmes.waiting import AFTER, applicant, offer_to, published, rank, wait

from accord.engines import questionnaire
from accord.engines.questionnaire import Kind
from accord.files import operations as files
from accord.kernel.models import World
from accord.kernel.refused import NotThere
from accord.kernel.store import FolderStore
from accord.people.enums import Role
from accord.privacy.models import ReadNote
from accord.programmes import models, operations, queries
from accord.programmes.forms._questions import KEPT_FROM_HOSTS, KINDS

pytestmark = pytest.mark.django_db

CV, PLANTED = b"%PDF-1.4\nwhat I did\n%%EOF\n", b"%PDF-1.4\nplanted in a file\n%%EOF\n"
SECRETS = ("Planted Name", "planted-transcript", "planted in a file", "Ledger research", "P-02")
MEANT = ("level", "why", "cv")


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path) -> Iterator[FolderStore]:
    """Keep files of the test in a folder of its own."""
    store = FolderStore(tmp_path)
    with override_settings(FILE_STORE=store):
        yield store


def form_for_hosts(scene: Scene) -> None:
    """Let the form mean its level, its reason and a CV for hosts, and neither name nor transcript."""
    cv = {"key": "cv", "kind": "file", "required": False, "label": {"en": "Curriculum vitae", "zh-hans": "简历"}}
    sections: list[dict[str, Any]] = [dict(one) for one in FORM["sections"]]
    sections[1]["questions"] = [*sections[1]["questions"], cv]
    for section in sections:
        section["questions"] = [
            one | ({"to_hosts": True} if one["key"] in MEANT else {}) for one in section["questions"]
        ]
    definition = questionnaire.as_data(questionnaire.read({"sections": sections}))
    models.FormVersion.objects.filter(pk=scene.form.pk).update(definition=definition)


def attach(scene: Scene, application: models.Application, store: FolderStore) -> tuple[str, str]:
    """Answer with a CV and a transcript, beside planted words; return the numbers of both files."""
    kept = [
        files.keep_file(
            record=queries.review_record(application),
            name=name,
            content=BytesIO(content),
            store=store,
            at_most=10_000,
            by=application.applicant,
            at=WHILE_OPEN,
        )
        for name, content in (("my own cv.pdf", CV), ("planted-transcript.pdf", PLANTED))
    ]
    cv, paper = ([{"name": one.name, "bytes": 40, "ref": str(one.pk)}] for one in kept)
    application.answers = {**application.answers, "full-name": "Planted Name", "cv": cv, "paper": paper}
    application.home = scene.cast.ours.institution
    application.save(update_fields=["answers", "home"])
    return str(kept[0].pk), str(kept[1].pk)


@pytest.fixture
def waiting(scene: Scene) -> dict[str, models.Application]:
    """Let three people wait, two of them for the bank's desk."""
    form_for_hosts(scene)
    bank, lab = scene.bank_place, scene.lab_place
    return wait(scene, {"ann": [lab, bank], "bo": [bank], "cy": [lab]})


def own(scene: Scene) -> str:
    """Return where the bank's desk stands for its contact with an account."""
    return f"/programmes/places/{scene.bank_host.pk}/P-01/"


def test_host_reads_what_is_meant_for_hosts_in_its_own_order_by_account_and_by_link(
    scene: Scene, waiting: dict[str, models.Application], shelf: FolderStore, client: Client
) -> None:
    cv, transcript = attach(scene, waiting["ann"], shelf)
    models.CoApplicant.objects.create(
        application=waiting["ann"], name="Companion", email="planted@example.org", named_at=AFTER
    )
    rank(scene.bank_place, waiting["bo"], waiting["ann"])

    for reader, home in ((scene.bank_contact.client, own(scene)), (client, link(scene) + "P-01/")):
        ranking = text_of(reader, home + "rank/")
        assert ranking.index(f"{home}who/{waiting['bo'].reference}/") < ranking.index(
            f"{home}who/{waiting['ann'].reference}/"
        )
        page = text_of(reader, f"{home}who/{waiting['ann'].reference}/")
        for word in ("To learn how payments are cleared.", "Master’s", "my own cv.pdf", "Companion", "2 of 2"):
            assert word in page
        assert str(scene.cast.ours.institution.name) in page
        assert [one for one in (*SECRETS, "planted@example.org") if one in page] == []
        assert f'href="{home}who/{waiting["bo"].reference}/" rel="prev"' in page
        assert 'rel="next"' not in page

        answer = reader.get(f"{home}who/{waiting['ann'].reference}/files/{cv}/")
        assert (b"".join(answer), answer.status_code) == (CV, 200)
        assert "my%20own%20cv.pdf" in answer.headers["Content-Disposition"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        for other in (transcript, "x", "0", "999999"):
            assert reader.get(f"{home}who/{waiting['ann'].reference}/files/{other}/").status_code == 404


def test_nobody_reads_who_does_not_rank_the_place_or_withdrew(
    scene: Scene, waiting: dict[str, models.Application], shelf: FolderStore
) -> None:
    cv, _transcript = attach(scene, waiting["cy"], shelf)
    for name, changed in {
        "cy": {},
        "bo": {"phase": "withdrawn"},
        "ann": {"phase": "draft", "submitted_at": None},
    }.items():
        models.Application.objects.filter(pk=waiting[name].pk).update(**changed)
        address = f"{own(scene)}who/{waiting[name].reference}/"
        text_of(scene.bank_contact.client, address, 404)
        text_of(scene.bank_contact.client, f"{address}files/{cv}/", 404)
    with pytest.raises(NotThere, match="those you may read for this place"):
        queries.read_for_host(scene.bank_place, scene.submitted.reference)


def test_other_hosts_partners_and_outsiders_find_nothing(
    scene: Scene, waiting: dict[str, models.Application], shelf: FolderStore, client: Client
) -> None:
    cv, _transcript = attach(scene, waiting["bo"], shelf)
    lab = member("lab-officer", Role.OFFICER, scene.lab)
    ways = (f"who/{waiting['bo'].reference}/", f"who/{waiting['bo'].reference}/files/{cv}/")
    for way in ways:
        for reader in (lab, scene.cast.partner, scene.cast.outsider, scene.cast.executive, scene.applicant):
            text_of(reader.client, own(scene) + way, 404)
        text_of(lab.client, f"/programmes/places/{scene.lab_host.pk}/P-02/{way}", 404)
        text_of(lab.client, f"/programmes/places/{scene.lab_host.pk}/P-01/{way}", 404)
        assert client.get(own(scene) + way).status_code == 302
        text_of(client, f"/programmes/links/places/another-token/P-01/{way}", 404)
        text_of(client, f"{link(scene, 'used-' + way[-3:-1])}P-02/{way}", 404)
    ended = link(scene, "ended", expires_at=AFTER, at=AFTER.replace(day=1))
    assert str(waiting["bo"].applicant.name) not in text_of(client, f"{ended}P-01/{ways[0]}", 410)
    text_of(client, f"{ended}P-01/{ways[1]}", 410)


def test_once_the_result_is_out_only_who_has_an_offer_or_a_seat_is_read(
    scene: Scene, waiting: dict[str, models.Application]
) -> None:
    rank(scene.lab_place, waiting["ann"], waiting["cy"])
    run = published(scene, hold=True)
    assert queries.read_by_host(scene.bank_place) == []

    operations.tell_result(str(run.pk), AFTER)
    bank, lab = scene.bank_place, scene.lab_place
    names = {place.code: [one.application for one in queries.read_by_host(place)] for place in (bank, lab)}
    assert names == {"P-01": [waiting["bo"]], "P-02": [waiting["ann"]]}
    address = f"{own(scene)}who/"
    text_of(scene.bank_contact.client, f"{address}{waiting['bo'].reference}/")
    text_of(scene.bank_contact.client, f"{address}{waiting['ann'].reference}/", 404)
    ranking = text_of(scene.bank_contact.client, f"{own(scene)}rank/")
    assert (waiting["bo"].reference in ranking, waiting["ann"].reference in ranking) == (True, False)

    operations.accept_offer(offer=offer_to(waiting["bo"]), by=waiting["bo"].applicant, at=AFTER)
    assert [one.application for one in queries.read_by_host(bank)] == [waiting["bo"]]
    operations.give_back(offer=offer_to(waiting["bo"]), reason="A job.", by=scene.manager.person, at=AFTER)
    assert queries.read_by_host(bank) == []


def test_a_call_that_is_cancelled_shows_its_hosts_nobody(scene: Scene, waiting: dict[str, models.Application]) -> None:
    assert len(queries.read_by_host(scene.bank_place)) == 2
    operations.cancel_call(call=scene.call, reason="No money.", by=scene.manager.person, at=AFTER)
    scene.bank_place.call.refresh_from_db()
    assert queries.read_by_host(scene.bank_place) == []
    text_of(scene.bank_contact.client, f"{own(scene)}who/{waiting['bo'].reference}/", 404)


def test_a_form_that_means_nothing_for_hosts_says_so(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.bank_place]})
    page = text_of(scene.bank_contact.client, f"{own(scene)}who/{who['ann'].reference}/")
    assert "Nothing here is meant for hosts" in page
    assert "To learn how" not in page


def test_few_and_many_take_the_same_queries(
    scene: Scene, waiting: dict[str, models.Application], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"{own(scene)}who/{waiting['bo'].reference}/"
    for number in (0, 8):
        for more in range(number):
            applicant(scene, f"n{more}", 20 + more, [scene.bank_place])
        text_of(scene.bank_contact.client, address)
        with django_assert_num_queries(14):
            scene.bank_contact.client.get(address)


def test_what_a_host_read_is_noted_by_account_and_by_link(
    scene: Scene, waiting: dict[str, models.Application], shelf: FolderStore, client: Client
) -> None:
    cv, _transcript = attach(scene, waiting["bo"], shelf)
    for reader, home in ((scene.bank_contact.client, own(scene)), (client, link(scene) + "P-01/")):
        ReadNote.objects.all().delete()
        text_of(reader, f"{home}who/{waiting['bo'].reference}/")
        reader.get(f"{home}who/{waiting['bo'].reference}/files/{cv}/")
        noted = [(one.reader_id, one.shown) for one in ReadNote.objects.all()]
        assert noted == [(scene.bank_contact.person.pk, [waiting["bo"].applicant_id])] * 2


TOLD = "Hosts that you rank will read this answer."


def test_applicant_is_told_beside_each_such_question_where_hosts_are_ranked(scene: Scene) -> None:
    World.objects.create(is_demo=True, demo_day=date(2019, 8, 1), seed=7, scale=1.0, built_at=WHILE_OPEN)
    form_for_hosts(scene)
    mine = f"/programmes/applications/{scene.draft.reference}/"
    office = "/programmes/summer/2019/office/form/"
    client = scene.applicant.client

    assert [text_of(client, f"{mine}sections/{key}/").count(TOLD) for key in ("you", "plan")] == [1, 2]
    assert text_of(client, f"{mine}check/").count(TOLD) == 3
    assert text_of(scene.manager.client, f"{office}preview/").count(TOLD) == 3
    assert text_of(scene.manager.client, office).count("hosts read it") == 3
    assert TOLD not in text_of(scene.manager.client, "/programmes/summer/2019/office/applications/SUM-19-0002/")

    models.Call.objects.filter(pk=scene.call.pk).update(most_wishes=0)
    assert TOLD not in text_of(client, f"{mine}sections/plan/")
    assert TOLD not in text_of(client, f"{mine}check/")


def test_office_marks_a_question_for_hosts_and_takes_the_mark_back(scene: Scene) -> None:
    office = "/programmes/summer/2019/office/form/questions/"
    said = {"label_0": "Why?", "label_1": "为何", "required": "on", "mode": "always"}
    for version, marked in enumerate(({"to_hosts": "on"}, {})):
        assert "Hosts that the applicant ranks may read this" in text_of(scene.manager.client, f"{office}why/")
        text_of(scene.manager.client, f"{office}why/", 302, version=version, **said, **marked)
        draft = queries.form_draft(scene.call)
        assert draft is not None
        _section, question = queries.question_in(draft.definition, "why")
        assert ("to_hosts" in question) is bool(marked)


def test_builder_offers_the_mark_for_the_kinds_that_the_engine_knows_it_for() -> None:
    known = {kind for kind, _words in KINDS if "to_hosts" in questionnaire.keys_of(Kind(kind))}
    assert known == {kind for kind, _words in KINDS} - set(KEPT_FROM_HOSTS)


@pytest.mark.parametrize("key", ["internship", "exchange", "research", "venture"])
def test_ready_forms_mean_their_reasons_for_hosts_and_no_personal_numbers(key: str) -> None:
    form = queries.read_form(queries.standard_forms()[key].definition).form
    assert form is not None
    meant = {one.key for one in form.questions if one.to_hosts}
    assert meant
    assert meant.isdisjoint({"full-name", "phone", "born-on", "nationality", "transcript", "consent", "certificates"})
