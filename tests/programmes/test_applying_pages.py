"""Pages of applying: from a call to a confirmation, with and without an account, and everything that goes wrong."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import PASSWORD, Member
from tests.programmes.scene import WHILE_OPEN, Scene
from tests.programmes.test_applying import CODE, PDF, RULE, publish_newer, take_late

from accord.kernel.models import World
from accord.kernel.store import FolderStore
from accord.people import operations as people
from accord.people.enums import ACTING_FOR
from accord.people.models import Account, Invitation
from accord.programmes import models, operations

pytestmark = pytest.mark.django_db

BEGIN = "/programmes/summer/2019/apply/"
MINE = "/programmes/applications/"
DRAFT = f"{MINE}SUM-19-0001/"
YOU = {"q-full-name": "Chen Rui", "q-level": "master"}
PLAN = {"q-why": "To learn how payments are cleared."}


@pytest.fixture
def august() -> None:
    World.objects.create(is_demo=True, demo_day=date(2019, 8, 1), seed=7, scale=1.0, built_at=WHILE_OPEN)


@pytest.fixture
def september() -> None:
    World.objects.create(is_demo=True, demo_day=date(2019, 9, 3), seed=7, scale=1.0, built_at=WHILE_OPEN)


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.FILE_STORE = FolderStore(tmp_path)


def hidden(page: HttpResponse) -> dict[str, str]:
    """Return the hidden inputs of the last form of a page, but the guard against forged requests."""
    form = page.content.decode().rpartition('<form method="post" novalidate')[2]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def write(who: Member, section: str, answers: dict[str, Any], **given: Any) -> HttpResponse:
    """Open a section, fill it in and save it."""
    address = f"{DRAFT}sections/{section}/"
    return who.client.post(address, hidden(who.client.get(address)) | answers | given)


def filled(scene: Scene) -> models.Application:
    """Fill in the draft of the scene."""
    for section, answers in (("you", YOU), ("plan", PLAN)):
        assert write(scene.applicant, section, answers).status_code == 302
    return models.Application.objects.get(pk=scene.draft.pk)


@pytest.mark.usefixtures("august")
class TestTheWay:
    """From the call to the confirmation."""

    def test_begin_write_check_submit(self, scene: Scene) -> None:
        who = people_of(scene, "newcomer")
        assert b"Begin your application" in who.client.get(BEGIN).content
        begun = who.client.post(BEGIN)
        made = models.Application.objects.get(applicant=who.person)
        assert begun["Location"] == f"{MINE}{made.reference}/"
        tasks = who.client.get(begun["Location"]).content.decode()
        assert "Not yet started" in tasks
        for section, answers in (("you", YOU), ("plan", PLAN)):
            address = f"{MINE}{made.reference}/sections/{section}/"
            saved = who.client.post(address, hidden(who.client.get(address)) | answers)
            assert saved.status_code == 302
        check = who.client.get(f"{MINE}{made.reference}/check/")
        assert b"To learn how payments are cleared." in check.content
        sent = who.client.post(f"{MINE}{made.reference}/check/", hidden(check), follow=True)
        assert b"We have your application" in sent.content
        assert made.reference in sent.content.decode()
        made.refresh_from_db()
        assert made.stage == "screening"

    def test_whoever_belongs_to_an_institution_brings_it_along(self, scene: Scene) -> None:
        who = people_of(scene, "newcomer")
        people.affiliate(
            person=who.person,
            institution=scene.lab,
            starts_on=date(2019, 1, 1),
            by=scene.manager.person,
            at=WHILE_OPEN,
        )
        assert who.client.post(BEGIN).status_code == 302
        assert models.Application.objects.get(applicant=who.person).home == scene.lab

    def test_a_draft_and_a_question_wait(self, scene: Scene) -> None:
        operations.ask_applicant(
            application=scene.submitted, text="When?", by=scene.manager.person, at=WHILE_OPEN, due_on=date(2019, 8, 9)
        )
        for who, act in (
            (scene.applicant, "Finish and submit your application"),
            (scene.second, "Answer the question"),
        ):
            assert act in who.client.get("/waiting/").content.decode()
        World.objects.update(demo_day=date(2019, 9, 2))
        assert "Finish and submit" not in scene.applicant.client.get("/waiting/").content.decode()

    def test_begun_already_it_opens(self, scene: Scene) -> None:
        for answer in (scene.applicant.client.get(BEGIN), scene.applicant.client.post(BEGIN)):
            assert answer["Location"] == DRAFT

    def test_sent_twice_it_says_the_same(self, scene: Scene) -> None:
        filled(scene)
        given = hidden(scene.applicant.client.get(f"{DRAFT}check/"))
        first, second = (scene.applicant.client.post(f"{DRAFT}check/", given) for _twice in range(2))
        assert first["Location"] == second["Location"] == f"{DRAFT}submitted/"
        assert models.Step.objects.filter(application=scene.draft).count() == 1

    def test_rules_come_before_the_form(self, scene: Scene) -> None:
        models.Call.objects.filter(pk=scene.call.pk).update(eligibility=[RULE])
        who = people_of(scene, "newcomer")
        refused = who.client.post(BEGIN, {"q-level": "bachelor"})
        assert refused.status_code == 422
        assert "This call is for master’s students." in refused.content.decode()
        assert b"checked" in who.client.get(f"{BEGIN}?check=1&q-level=master").content
        assert who.client.post(BEGIN, {"q-level": "master"}).status_code == 302

    def test_save_and_leave(self, scene: Scene) -> None:
        left = write(scene.applicant, "you", {"q-full-name": "Chen Rui"}, leave="1")
        assert left["Location"] == DRAFT
        assert "In progress" in scene.applicant.client.get(DRAFT).content.decode()

    def test_what_is_wrong_is_said_and_kept(self, scene: Scene) -> None:
        wrong = write(scene.applicant, "plan", {"q-why": "word " * 301})
        assert wrong.status_code == 422
        assert "word " * 301 in wrong.content.decode()
        scene.draft.refresh_from_db()
        assert scene.draft.answers["why"].startswith("word")

    def test_missing_answers_lead_to_their_questions(self, scene: Scene) -> None:
        page = scene.applicant.client.get(f"{DRAFT}check/")
        assert f"{DRAFT}sections/you/#id_q-full-name" in page.content.decode()
        assert scene.applicant.client.post(f"{DRAFT}check/", hidden(page)).status_code == 422

    def test_changed_since_it_was_checked(self, scene: Scene) -> None:
        filled(scene)
        page = scene.applicant.client.get(f"{DRAFT}check/")
        write(scene.applicant, "plan", {"q-why": "Another reason."})
        again = scene.applicant.client.post(f"{DRAFT}check/", hidden(page))
        assert again.status_code == 422
        assert "Answers changed since" in again.content.decode()
        assert scene.applicant.client.post(f"{DRAFT}check/", hidden(again)).status_code == 302

    def test_two_windows_tell_and_lose_nothing(self, scene: Scene) -> None:
        address = f"{DRAFT}sections/plan/"
        stale = hidden(scene.applicant.client.get(address))
        write(scene.applicant, "plan", {"q-why": "From the other window."})
        clash = scene.applicant.client.post(address, stale | {"q-why": "From this window."})
        assert clash.status_code == 409
        text = clash.content.decode()
        assert "From the other window." in text
        assert "From this window." in text
        assert scene.applicant.client.post(address, hidden(clash) | {"q-why": "Of both."}).status_code == 302
        scene.draft.refresh_from_db()
        assert scene.draft.answers["why"] == "Of both."

    def test_withdrawn_with_a_reason(self, scene: Scene) -> None:
        address = f"{MINE}{scene.submitted.reference}/withdraw/"
        assert scene.second.client.post(address, {"reason": ""}).status_code == 422
        assert scene.second.client.post(address, {"reason": "Ill."}).status_code == 302
        scene.submitted.refresh_from_db()
        assert scene.submitted.withdraw_reason == "Ill."
        assert scene.second.client.get(address).status_code == 302

    def test_a_question_of_the_office_is_answered(self, scene: Scene) -> None:
        asked = operations.ask_applicant(
            application=scene.submitted,
            text="When do you graduate?",
            by=scene.manager.person,
            at=WHILE_OPEN,
            due_on=date(2019, 8, 9),
        )
        home = f"{MINE}{scene.submitted.reference}/"
        assert f"{home}questions/{asked.pk}/" in scene.second.client.get(home).content.decode()
        assert scene.second.client.post(f"{home}questions/{asked.pk}/", {"text": "In June."}).status_code == 302
        scene.submitted.refresh_from_db()
        assert scene.submitted.stage == "screening"
        assert b"In June." in scene.second.client.get(home).content

    def test_a_newer_form_is_told_before_it_is_taken(self, scene: Scene) -> None:
        filled(scene)
        publish_newer(scene, lambda sections: sections[1]["questions"].pop(1))
        assert "The form has changed" in scene.applicant.client.get(DRAFT).content.decode()
        page = scene.applicant.client.get(f"{DRAFT}new-form/")
        assert "Transcript" in page.content.decode()
        assert scene.applicant.client.post(f"{DRAFT}new-form/").status_code == 302
        scene.draft.refresh_from_db()
        assert scene.draft.form.number == 2


@pytest.mark.usefixtures("august")
class TestFiles:
    """Files by the page: kept by their content, refused in words, taken away again."""

    def send(self, who: Member, content: bytes, name: str, **given: Any) -> HttpResponse:
        return write(who, "plan", {"q-paper": SimpleUploadedFile(name, content)} | PLAN | given)

    def test_kept_shown_and_taken_away(self, scene: Scene) -> None:
        assert self.send(scene.applicant, PDF, "成绩单.pdf").status_code == 302
        page = scene.applicant.client.get(f"{DRAFT}sections/plan/").content.decode()
        assert "成绩单.pdf" in page
        scene.draft.refresh_from_db()
        ref = scene.draft.answers["paper"][0]["ref"]
        assert scene.applicant.client.get(f"/files/{ref}/").status_code == 200
        assert scene.second.client.get(f"/files/{ref}/").status_code == 404
        assert scene.manager.client.get(f"/files/{ref}/").status_code == 404, "nobody reads a draft"
        assert write(scene.applicant, "plan", PLAN | {"q-paper-away": ref}).status_code == 302
        scene.draft.refresh_from_db()
        assert "paper" not in scene.draft.answers

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"MZ\x90\x00", "By its content"), (PDF + b" " * (5 * 1024 * 1024), "larger than 5 MB")],
    )
    def test_wrong_ones_are_refused_and_the_answers_kept(self, scene: Scene, content: bytes, said: str) -> None:
        answer = self.send(scene.applicant, content, "cv.pdf")
        assert answer.status_code == 422
        assert said in answer.content.decode()
        scene.draft.refresh_from_db()
        assert scene.draft.answers == {"why": PLAN["q-why"]}

    def test_forged_inputs_change_nothing(self, scene: Scene) -> None:
        forged = {"q-paper": '[{"ref": 1}]', "q-full-name": "Forged", "q-score": "5", "answers-version": "x"}
        assert write(scene.applicant, "plan", PLAN | forged).status_code == 302
        scene.draft.refresh_from_db()
        assert scene.draft.answers == {"why": PLAN["q-why"]}


class TestClosed:
    """After the deadline a draft stays, and only the late code sends it."""

    @pytest.mark.usefixtures("september")
    def test_nothing_begins_or_goes_on(self, scene: Scene) -> None:
        assert scene.third.client.get("/programmes/summer/2019/apply/")["Location"] == "/programmes/summer/2019/"
        assert "This draft was not submitted." in scene.applicant.client.get(DRAFT).content.decode()
        for page in ("sections/you/", "check/"):
            assert scene.applicant.client.get(f"{DRAFT}{page}")["Location"] == DRAFT
        assert scene.applicant.client.post(f"{DRAFT}check/", {"version": 1}).status_code == 422

    @pytest.mark.usefixtures("september")
    def test_the_late_code_opens_it(self, scene: Scene) -> None:
        take_late(scene)
        late = WHILE_OPEN.replace(month=10)
        models.Call.objects.filter(pk=scene.call.pk).update(late_until_at=late)
        filled(scene)
        page = scene.applicant.client.get(f"{DRAFT}check/")
        wrong = scene.applicant.client.post(f"{DRAFT}check/", hidden(page) | {"code": "a guess at it"})
        assert wrong.status_code == 422
        assert scene.applicant.client.post(f"{DRAFT}check/", hidden(page) | {"code": CODE}).status_code == 302
        scene.draft.refresh_from_db()
        assert scene.draft.is_late


@pytest.mark.usefixtures("august")
class TestWhose:
    """Somebody else's application is not there; whoever stands in or applies along does not write it."""

    PAGES = ("", "sections/you/", "new-form/", "check/", "submitted/", "withdraw/", "along/", "together/")

    @pytest.mark.parametrize("page", PAGES)
    def test_not_there_for_others(self, scene: Scene, page: str) -> None:
        for who in (scene.second, scene.manager, scene.cast.owner, scene.bank_contact):
            assert who.client.get(f"{DRAFT}{page}").status_code == 404

    @pytest.mark.parametrize("page", PAGES[1:])
    def test_who_applies_along_reads(self, scene: Scene, page: str) -> None:
        models.CoApplicant.objects.create(
            application=scene.draft,
            person=scene.second.person,
            name="Second",
            email="second@example.org",
            named_at=WHILE_OPEN,
            joined_at=WHILE_OPEN,
        )
        assert scene.second.client.get(DRAFT).status_code == 200
        assert scene.second.client.get(f"{DRAFT}{page}").status_code == (404 if page == "submitted/" else 403)

    def test_nobody_applies_for_somebody_else(self, scene: Scene) -> None:
        who = scene.cast.owner
        standing = people.delegate(
            to=scene.second.person, starts_on=date(2019, 7, 30), ends_on=date(2019, 8, 9), reason="Away", by=who.person
        )
        session = scene.second.client.session
        session[ACTING_FOR] = standing.pk
        session.save()
        assert scene.second.client.post(BEGIN).status_code == 403
        assert scene.second.client.get(f"{MINE}{scene.submitted.reference}/").status_code == 404

    def test_the_list_asks_as_often_for_many_as_for_one(self, scene: Scene) -> None:
        few = queries_of(scene.applicant.client, MINE)
        for number in range(5):
            call = models.Call.objects.get(pk=scene.call.pk)
            call.pk, call.key = None, f"round-{number}"
            call.save()
            draft = models.Application.objects.get(pk=scene.draft.pk)
            draft.pk, draft.call, draft.reference = None, call, f"SUM-20-{number:04}"
            draft.save()
        assert queries_of(scene.applicant.client, MINE) == few <= 12


@pytest.mark.usefixtures("august")
class TestCompanions:
    """Named by the page, answered by the link; a link that was used or taken off says so."""

    def named(self, scene: Scene, capture: Callable[..., Any]) -> str:
        with capture(execute=True):
            given = {"name": "Li Na", "email": "li.na@example.org", "role": "Co-author"}
            assert scene.applicant.client.post(f"{DRAFT}along/", given).status_code == 302
        (letter,) = [one.body for one in mail.outbox if "li.na@example.org" in one.to]
        found = re.search(r"https?://\S+/join/\S+", letter)
        assert found
        return urlsplit(found.group()).path

    @pytest.mark.parametrize(("answer", "mark"), [("join", "joined_at"), ("decline", "declined_at")])
    def test_by_link_once(self, scene: Scene, django_capture_on_commit_callbacks: Any, answer: str, mark: str) -> None:
        link = self.named(scene, django_capture_on_commit_callbacks)
        assert b"Co-author" in Client().get(link).content
        assert models.CoApplicant.objects.get().joined_at is None
        assert Client().post(link, {answer: "1"}).status_code == 200
        assert getattr(models.CoApplicant.objects.get(), mark) is not None
        assert Client().post(link, {answer: "1"}).status_code == 410

    def test_taken_off_the_link_leads_nowhere(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        link = self.named(scene, django_capture_on_commit_callbacks)
        one = models.CoApplicant.objects.get()
        assert scene.applicant.client.post(f"{DRAFT}along/{one.pk}/remove/").status_code == 302
        assert Client().post(link, {"join": "1"}).status_code == 404

    def test_expired_it_says_so(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        link = self.named(scene, django_capture_on_commit_callbacks)
        World.objects.update(demo_day=date(2019, 8, 1) + timedelta(days=61))
        assert Client().get(link).status_code == 410

    def test_sent_again(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        self.named(scene, django_capture_on_commit_callbacks)
        one = models.CoApplicant.objects.get()
        assert scene.applicant.client.post(f"{DRAFT}along/{one.pk}/remind/").status_code == 302
        assert scene.second.client.post(f"{DRAFT}along/{one.pk}/remind/").status_code == 404

    def test_together(self, scene: Scene) -> None:
        address = f"{DRAFT}together/"
        assert scene.applicant.client.post(address, {"reference": "SUM-19-9999"}).status_code == 422
        assert scene.applicant.client.post(address, {"reference": scene.other.reference}).status_code == 302
        assert scene.other.reference in scene.applicant.client.get(DRAFT).content.decode()


@pytest.mark.usefixtures("august")
class TestWithoutAccount:
    """A visitor confirms an address, chooses a password, and comes back to the call; nobody learns who is known."""

    def ask(self, client: Client, email: str, capture: Any) -> HttpResponse:
        way_in = client.get(BEGIN).content.decode()
        found = re.search(r'href="(/new-account/\?pass=[^"]+)"', way_in)
        assert found
        with capture(execute=True):
            return client.post(found.group(1), {"name_0": "Chen Rui", "email": email})

    def test_the_whole_way(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        client = Client()
        assert self.ask(client, "Rui@example.org", django_capture_on_commit_callbacks).status_code == 200
        (letter,) = [one.body for one in mail.outbox if "rui@example.org" in one.to]
        found = re.search(r"https?://\S+/invitation/\S+", letter)
        assert found
        link = urlsplit(found.group())
        address = f"{link.path}?{link.query}"
        assert b"Chen Rui" in client.get(address).content
        opened = client.post(address, {"name_0": "Chen Rui", "password": PASSWORD})
        assert opened["Location"] == BEGIN
        account = Account.objects.get(email="rui@example.org")
        assert not account.person.grants.exists()
        assert client.post(BEGIN).status_code == 302
        assert models.Application.objects.get(applicant=account.person).phase == "draft"
        assert Client().get(address).status_code == 410

    def test_the_answer_is_the_same_for_those_who_are_known(
        self, scene: Scene, django_capture_on_commit_callbacks: Any
    ) -> None:
        known, new = (
            self.ask(Client(), email, django_capture_on_commit_callbacks).content.decode().replace(email, "")
            for email in ("applicant@example.org", "nobody-yet@example.org")
        )
        plain = re.compile(r'nonce="[^"]*"|value="[^"]*"|"[^"]*csrf[^"]*": ?"[^"]*"')
        assert plain.sub("", known) == plain.sub("", new)
        (letter,) = [one for one in mail.outbox if "applicant@example.org" in one.to]
        assert "/sign-in/" in letter.body
        assert not Invitation.objects.filter(email="applicant@example.org").exists()

    def test_the_last_link_works_alone(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        for _twice in range(2):
            self.ask(Client(), "rui@example.org", django_capture_on_commit_callbacks)
        assert Invitation.objects.filter(email="rui@example.org").count() == 1

    def test_too_often_is_refused(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        answers = [
            self.ask(Client(REMOTE_ADDR="203.0.113.9"), "often@example.org", django_capture_on_commit_callbacks)
            for _time in range(6)
        ]
        assert [one.status_code for one in answers] == [200] * 5 + [429]

    def test_only_by_a_pass(self, scene: Scene) -> None:
        for address in ("/new-account/", "/new-account/?pass=forged", "/new-account/?pass=https://elsewhere.example"):
            assert Client().get(address).status_code == 404


def people_of(scene: Scene, key: str) -> Member:
    """Make a person with an account and no role."""
    person = people.register_person(key=key, name=scene.programme.name)
    account = people.open_account(person=person, email=f"{key}@example.org", password=PASSWORD)
    client = Client()
    client.force_login(account)
    return Member(person, client)


def queries_of(client: Client, address: str) -> int:
    """Return how often a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
