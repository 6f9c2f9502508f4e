"""Applying: begun once, kept section by section, submitted in time and once, withdrawn, moved to a newer form."""

import io
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from tests.programmes.scene import ANSWERS, CLOSES, FORM, JUST_LATE, SEED_DIGEST, WHILE_OPEN, Scene

from accord.engines import questionnaire
from accord.files.models import Attachment
from accord.files.operations import FileEmpty, FileTooLarge, FileTypeRefused
from accord.kernel.refused import Clash, NotAllowed, NotThere
from accord.kernel.secret import digest_of
from accord.kernel.store import FolderStore, Store
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person
from accord.programmes import models, operations, queries
from accord.programmes.enums import WorkflowActor
from accord.programmes.operations import (
    AnswersForged,
    AnswersMissing,
    CallNotOpen,
    CompanionOdd,
    FormChanged,
    JoinDoor,
    LateCodeWrong,
    NotEligible,
    NotTogether,
    StepNotPossible,
    TooManyFiles,
    WordsMissing,
    WritingClosed,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CODE = "late-and-known"
YOU = {"full-name": "Chen Rui", "level": "master"}
PLAN = {"why": "To learn how payments are cleared."}


def somebody(key: str = "newcomer") -> Person:
    """Make a person."""
    return people.register_person(key=key, name=Bilingual(key.title(), ""))


def begin(scene: Scene, person: Person, **given: Any) -> models.Application:
    """Begin an application while the call is open."""
    call = models.Call.objects.get(pk=scene.call.pk)
    return operations.begin_application(**{"call": call, "person": person, "language": "en", "at": WHILE_OPEN} | given)


def keep(application: models.Application, section: str, raw: dict[str, Any], **given: Any) -> models.Application:
    """Keep answers as whose application it is."""
    told = {"version": application.version, "by": application.applicant, "at": WHILE_OPEN} | given
    return operations.keep_answers(application=application, section=section, raw=raw, **told)


def submit(application: models.Application, **given: Any) -> models.Application:
    """Submit as whose application it is."""
    told = {"version": application.version, "by": application.applicant, "at": WHILE_OPEN} | given
    return operations.submit_application(application=application, **told)


def filled(scene: Scene, key: str = "newcomer") -> models.Application:
    """Return a draft that only has to be submitted."""
    return keep(keep(begin(scene, somebody(key)), "you", YOU), "plan", PLAN)


def take_late(scene: Scene) -> None:
    """Let the call take late applications for a day."""
    until = CLOSES + timedelta(days=1)
    models.Call.objects.filter(pk=scene.call.pk).update(late_code_digest=digest_of(CODE), late_until_at=until)


def publish_newer(scene: Scene, change: Any) -> models.FormVersion:
    """Publish a second version of the form with a change made to it."""
    definition = deepcopy(FORM)
    change(definition["sections"])
    return models.FormVersion.objects.create(
        call=scene.call,
        number=2,
        definition=questionnaire.as_data(questionnaire.read(definition)),
        digest=SEED_DIGEST,
        made_at=WHILE_OPEN,
        made_by=scene.manager.person,
        published_at=WHILE_OPEN,
        published_by=scene.manager.person,
    )


class TestBeginning:
    """An application begins once, while the call is open, and has the next reference."""

    def test_begins_with_the_next_reference(self, scene: Scene) -> None:
        made = begin(scene, somebody())
        assert (made.reference, made.stage, made.form) == ("SUM-19-0004", "draft", scene.form)

    def test_twice_is_one(self, scene: Scene) -> None:
        assert begin(scene, somebody()) == begin(scene, somebody())

    def test_numbers_grow_past_those_that_look_larger(self, scene: Scene) -> None:
        models.Application.objects.filter(pk=scene.other.pk).update(reference="SUM-19-10002")
        assert begin(scene, somebody()).reference == "SUM-19-10003"

    def test_a_withdrawn_one_makes_way(self, scene: Scene) -> None:
        first = begin(scene, somebody())
        operations.withdraw_application(application=first, reason="Ill.", by=first.applicant, at=WHILE_OPEN)
        assert begin(scene, somebody()).pk != first.pk

    @pytest.mark.parametrize("at", [CLOSES, JUST_LATE, WHILE_OPEN - timedelta(days=60)])
    def test_not_before_and_not_after(self, scene: Scene, at: Any) -> None:
        with pytest.raises(CallNotOpen):
            begin(scene, somebody(), at=at)

    def test_not_when_cancelled(self, scene: Scene) -> None:
        models.Call.objects.filter(pk=scene.call.pk).update(cancelled_at=WHILE_OPEN, cancelled_by=scene.manager.person)
        with pytest.raises(CallNotOpen, match="cancelled"):
            begin(scene, somebody())

    def test_late_by_the_code(self, scene: Scene) -> None:
        take_late(scene)
        with pytest.raises(LateCodeWrong):
            begin(scene, somebody(), at=JUST_LATE)
        with pytest.raises(LateCodeWrong):
            begin(scene, somebody(), at=JUST_LATE, code="a guess at it")
        assert begin(scene, somebody(), at=JUST_LATE, code=f" {CODE} ").submitted_at is None


RULE = {
    "key": "masters",
    "condition": {"question": "level", "is": "master"},
    "words": {"en": "Hosts ask for it.", "zh-hans": "接收单位要求。"},
    "refusal": {"en": "This call is for master’s students.", "zh-hans": "本次征集面向硕士生。"},
}


class TestRulesBeforeTheForm:
    """What the call asks of those who may apply is checked first, and its answers fill the form."""

    @pytest.fixture(autouse=True)
    def _rule(self, scene: Scene) -> None:
        models.Call.objects.filter(pk=scene.call.pk).update(eligibility=[RULE])

    def test_who_meets_them_begins(self, scene: Scene) -> None:
        made = begin(scene, somebody(), screening={"level": "master"})
        assert made.answers == made.screening == {"level": "master"}

    @pytest.mark.parametrize("screening", [{}, {"level": "bachelor"}, {"level": "forged"}])
    def test_others_do_not(self, scene: Scene, screening: dict[str, str]) -> None:
        with pytest.raises(NotEligible):
            begin(scene, somebody(), screening=screening)
        assert not models.Application.objects.filter(applicant__key="newcomer").exists()

    def test_they_hold_at_submission_too(self, scene: Scene) -> None:
        made = begin(scene, somebody(), screening={"level": "master"})
        made = keep(keep(made, "you", YOU | {"level": "bachelor"}), "plan", PLAN)
        with pytest.raises(StepNotPossible):
            submit(made)


class TestKeeping:
    """Answers are kept as they are typed; nobody else's, nothing that is not asked, nothing lost by two windows."""

    def test_half_an_answer_is_kept(self, scene: Scene) -> None:
        made = keep(begin(scene, somebody()), "you", {"full-name": "Chen Rui", "level": "forged"})
        assert made.answers == {"full-name": "Chen Rui", "level": "forged"}
        assert [one.state.value for one in queries.section_states(made, {})] == ["begun", "not-started"]

    def test_the_same_again_changes_nothing(self, scene: Scene) -> None:
        made = keep(begin(scene, somebody()), "you", YOU)
        assert keep(made, "you", YOU, version=1).version == made.version

    def test_an_emptied_answer_goes(self, scene: Scene) -> None:
        made = keep(begin(scene, somebody()), "you", YOU)
        assert keep(made, "you", {"full-name": "  "}).answers == {"level": "master"}

    def test_what_is_not_asked_is_refused(self, scene: Scene) -> None:
        made = begin(scene, somebody())
        for forged in ({"why": "from another section"}, {"paper": [{"name": "x.pdf", "bytes": 1}]}, {"score": 5}):
            with pytest.raises(AnswersForged):
                keep(made, "you" if "paper" not in forged else "plan", forged)
        with pytest.raises(NotThere):
            keep(made, "nowhere", {})

    def test_characters_that_no_database_keeps_are_left_out(self, scene: Scene) -> None:
        assert keep(begin(scene, somebody()), "you", {"level": "\x00x"}).answers == {"level": "x"}

    def test_only_whose_it_is(self, scene: Scene) -> None:
        made = begin(scene, somebody())
        with pytest.raises(NotAllowed):
            keep(made, "you", YOU, by=scene.second.person)

    def test_two_windows_on_one_section_clash(self, scene: Scene) -> None:
        made = begin(scene, somebody())
        seen = queries.section_seen(made, "you")
        keep(made, "you", YOU)
        with pytest.raises(Clash):
            keep(made, "you", {"full-name": "Other"}, version=1, seen=seen)
        made.refresh_from_db()
        assert made.answers == YOU

    def test_two_windows_on_two_sections_do_not(self, scene: Scene) -> None:
        made = begin(scene, somebody())
        seen = queries.section_seen(made, "plan")
        keep(made, "you", YOU)
        assert keep(made, "plan", PLAN, version=1, seen=seen).answers == YOU | PLAN

    def test_not_after_the_deadline(self, scene: Scene) -> None:
        made = begin(scene, somebody())
        with pytest.raises(WritingClosed):
            keep(made, "you", YOU, at=CLOSES)


class TestFiles:
    """A file answers by its content; what it replaces goes, what is refused changes nothing."""

    def put(self, made: models.Application, content: bytes, store: Store, name: str = "cv.pdf") -> models.Application:
        return operations.keep_answer_file(
            application=made,
            question="paper",
            content=io.BytesIO(content),
            name=name,
            store=store,
            by=made.applicant,
            at=WHILE_OPEN,
        )

    def test_one_takes_the_place_of_the_one_before(self, scene: Scene, tmp_path: Any) -> None:
        store = FolderStore(tmp_path)
        made = self.put(begin(scene, somebody()), PDF, store)
        made = self.put(made, PDF + b"2", store, "new.pdf")
        assert [one["name"] for one in made.answers["paper"]] == ["new.pdf"]
        standing = Attachment.objects.get(record=f"application:{made.pk}", removed_at=None)
        assert made.answers["paper"][0]["ref"] == standing.pk

    def test_the_same_again_is_one(self, scene: Scene, tmp_path: Any) -> None:
        store = FolderStore(tmp_path)
        made = self.put(begin(scene, somebody()), PDF, store)
        assert self.put(made, PDF, store).version == made.version

    def test_taken_away(self, scene: Scene, tmp_path: Any) -> None:
        made = self.put(begin(scene, somebody()), PDF, FolderStore(tmp_path))
        ref = made.answers["paper"][0]["ref"]
        told: dict[str, Any] = {"application": made, "question": "paper", "attachment": ref, "at": WHILE_OPEN}
        assert operations.drop_answer_file(**told, by=made.applicant).answers == {}
        assert operations.drop_answer_file(**told, by=made.applicant).answers == {}
        assert not Attachment.objects.filter(record=f"application:{made.pk}", removed_at=None).exists()

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"MZ\x90\x00 a programme", FileTypeRefused),
            (b"just text that says it is a PDF", FileTypeRefused),
            (b"", FileEmpty),
            (PDF + b" " * (5 * 1024 * 1024), FileTooLarge),
        ],
    )
    def test_wrong_ones_are_refused(self, scene: Scene, tmp_path: Any, content: bytes, refusal: Any) -> None:
        made = begin(scene, somebody())
        with pytest.raises(refusal):
            self.put(made, content, FolderStore(tmp_path))
        made.refresh_from_db()
        assert made.answers == {}

    def test_no_more_than_are_taken(self, scene: Scene, tmp_path: Any) -> None:
        def two(sections: Any) -> None:
            sections[1]["questions"][1]["most"] = 2

        publish_newer(scene, two)
        store = FolderStore(tmp_path)
        made = begin(scene, somebody())
        for number in range(2):
            made = self.put(made, PDF + bytes([48 + number]), store, f"{number}.pdf")
        with pytest.raises(TooManyFiles):
            self.put(made, PDF + b"3", store, "3.pdf")
        assert len(made.answers["paper"]) == 2


class TestSubmitting:
    """Whole, in time, once; a receipt in the language of the application."""

    def test_it_arrives_with_a_receipt(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        made = filled(scene)
        people.open_account(person=made.applicant, email="newcomer@example.org", password="a long secret phrase")
        models.Application.objects.filter(pk=made.pk).update(language="zh-hans")
        with django_capture_on_commit_callbacks(execute=True):
            sent = submit(made)
        assert (sent.stage, sent.submitted_at, sent.is_late) == ("screening", WHILE_OPEN, False)
        assert models.Step.objects.get(application=sent).mover == made.applicant
        kept = letters_to("newcomer@example.org")
        assert len(kept) == 1
        assert made.reference in kept[0]

    def test_twice_is_once(self, scene: Scene) -> None:
        made = filled(scene)
        first = submit(made)
        again = submit(made, at=WHILE_OPEN + timedelta(hours=1))
        assert (again.submitted_at, again.version) == (first.submitted_at, first.version)
        assert models.Step.objects.filter(application=made).count() == 1

    def test_the_deadline_is_a_moment(self, scene: Scene) -> None:
        assert submit(filled(scene, "one"), at=CLOSES - timedelta(microseconds=1)).submitted_at is not None
        with pytest.raises(CallNotOpen):
            submit(filled(scene, "two"), at=CLOSES)

    def test_late_by_the_code_says_so(self, scene: Scene) -> None:
        take_late(scene)
        made = filled(scene)
        for wrong in ("", "a guess at it"):
            with pytest.raises(LateCodeWrong):
                submit(made, at=JUST_LATE, code=wrong)
        sent = submit(made, at=JUST_LATE, code=CODE)
        assert (sent.is_late, sent.submitted_at) == (True, JUST_LATE)

    def test_the_code_ends_too(self, scene: Scene) -> None:
        take_late(scene)
        with pytest.raises(CallNotOpen):
            submit(filled(scene), at=CLOSES + timedelta(days=1), code=CODE)

    def test_missing_answers_are_named(self, scene: Scene) -> None:
        with pytest.raises(AnswersMissing) as refused:
            submit(keep(begin(scene, somebody()), "you", YOU))
        assert refused.value.detail["missing"] == ["why"]

    def test_what_changed_meanwhile_is_a_clash(self, scene: Scene) -> None:
        made = filled(scene)
        keep(made, "plan", {"why": "Another reason."})
        with pytest.raises(Clash):
            submit(made, version=made.version)

    def test_only_whose_it_is(self, scene: Scene) -> None:
        with pytest.raises(NotAllowed):
            submit(filled(scene), by=scene.second.person)

    def test_revised_and_submitted_again(self, scene: Scene) -> None:
        made = submit(filled(scene))
        models.Application.objects.filter(pk=made.pk).update(stage="revision", phase="question")
        made.refresh_from_db()
        made = keep(made, "plan", {"why": "A better reason."}, at=JUST_LATE)
        sent = submit(made, at=JUST_LATE)
        assert (sent.stage, sent.answers["why"], sent.submitted_at) == ("review", "A better reason.", WHILE_OPEN)


class TestWithdrawing:
    """With a reason, once; what was submitted can be taken back, what was given out cannot."""

    def test_with_a_reason(self, scene: Scene) -> None:
        made = scene.submitted
        with pytest.raises(WordsMissing):
            operations.withdraw_application(application=made, reason=" ", by=made.applicant, at=WHILE_OPEN)
        for _twice in range(2):
            gone = operations.withdraw_application(application=made, reason="Ill.", by=made.applicant, at=WHILE_OPEN)
        assert (gone.phase, gone.withdraw_reason, gone.withdrawn_by) == ("withdrawn", "Ill.", made.applicant)
        assert models.Step.objects.filter(application=made).count() == 1

    def test_not_for_others_and_not_once_placed(self, scene: Scene) -> None:
        made = scene.submitted
        with pytest.raises(NotAllowed):
            operations.withdraw_application(application=made, reason="Ill.", by=scene.third.person, at=WHILE_OPEN)
        models.Application.objects.filter(pk=made.pk).update(stage="placed", phase="placement")
        with pytest.raises(StepNotPossible):
            operations.withdraw_application(application=made, reason="Ill.", by=made.applicant, at=WHILE_OPEN)


class TestNewerForm:
    """A draft is moved by its writer, who is told what changed; nothing is lost."""

    def test_moved_with_what_fits_and_the_rest_aside(self, scene: Scene) -> None:
        made = filled(scene)

        def without_why(sections: Any) -> None:
            sections[1]["questions"][0] |= {"key": "plan-in-short", "label": {"en": "In short", "zh-hans": "概要"}}

        newer = publish_newer(scene, without_why)
        news = queries.form_news(made)
        assert news is not None
        assert (news.form, len(news.gone)) == (newer, 1)
        with pytest.raises(FormChanged):
            submit(made)
        for _twice in range(2):
            moved = operations.take_new_form(application=made, form=newer, by=made.applicant, at=WHILE_OPEN)
        assert (moved.form, moved.answers, moved.set_aside) == (newer, YOU, PLAN)
        assert queries.form_news(moved) is None

    def test_not_to_a_draft_version(self, scene: Scene) -> None:
        newer = publish_newer(scene, lambda _sections: None)
        models.FormVersion.objects.filter(pk=newer.pk).update(published_at=None, published_by=None)
        made = filled(scene)
        assert queries.form_news(made) is None
        with pytest.raises(NotThere):
            operations.take_new_form(application=made, form=newer, by=made.applicant, at=WHILE_OPEN)


DOOR = JoinDoor(new_token=lambda: "a-token-for-one", address=lambda token: f"https://accord.example/join/{token}/")


class TestCompanions:
    """Who applies along says so by a link of their own; until then the application waits."""

    def named(self, made: models.Application, **given: Any) -> models.CoApplicant:
        told = {"name": "Li Na", "email": "Li.Na@example.org", "by": made.applicant, "at": WHILE_OPEN} | given
        return operations.name_co_applicant(application=made, **told)

    def link_of(self, one: models.CoApplicant) -> int:
        assert one.person is not None
        link = people.make_link(
            person=one.person,
            purpose="programmes.join-application",
            record=f"application:{one.application_id}",
            expires_at=WHILE_OPEN + timedelta(days=9),
            token=f"token-{one.pk}",
            by=one.application.applicant,
            at=WHILE_OPEN,
        )
        return link.pk

    def test_named_once_and_written_to(self, scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
        made = begin(scene, somebody())
        with django_capture_on_commit_callbacks(execute=True):
            one = self.named(made, door=DOOR)
            assert self.named(made, email="li.na@example.org ", door=DOOR) == one
        assert len(letters_to("li.na@example.org")) == 1

    def test_the_application_waits_for_them(self, scene: Scene) -> None:
        made = filled(scene)
        one = self.named(made)
        with pytest.raises(StepNotPossible):
            submit(made)
        operations.join_application(companion=one, link_id=self.link_of(one), at=WHILE_OPEN)
        assert submit(made).submitted_at == WHILE_OPEN

    def test_who_declines_is_taken_off(self, scene: Scene) -> None:
        made = filled(scene)
        one = self.named(made)
        operations.decline_to_join(companion=one, link_id=self.link_of(one), at=WHILE_OPEN)
        with pytest.raises(StepNotPossible):
            submit(made)
        operations.remove_co_applicant(companion=one, by=made.applicant, at=WHILE_OPEN)
        assert submit(made).submitted_at == WHILE_OPEN

    def test_a_link_of_somebody_else_opens_nothing(self, scene: Scene) -> None:
        made = filled(scene)
        one, other = self.named(made), self.named(made, email="wu@example.org", name="Wu")
        with pytest.raises(NotAllowed):
            operations.join_application(companion=one, link_id=self.link_of(other), at=WHILE_OPEN)

    def test_taken_off_one_cannot_join(self, scene: Scene) -> None:
        made = filled(scene)
        one = self.named(made)
        link = self.link_of(one)
        operations.remove_co_applicant(companion=one, by=made.applicant, at=WHILE_OPEN)
        with pytest.raises(NotThere):
            operations.join_application(companion=one, link_id=link, at=WHILE_OPEN)

    def test_odd_ones_are_refused(self, scene: Scene) -> None:
        made = begin(scene, somebody())
        people.open_account(person=made.applicant, email="newcomer@example.org", password="a long secret phrase")
        for given in ({"name": " "}, {"email": "nowhere"}, {"email": "Newcomer@example.org"}):
            with pytest.raises(CompanionOdd):
                self.named(made, **given)


class TestTogether:
    """Two are placed together where both asked for it; one alone binds nobody."""

    def ask(self, made: models.Application, other: str) -> models.Application:
        return operations.ask_to_be_together(application=made, other_reference=other, by=made.applicant, at=WHILE_OPEN)

    def test_both_ask(self, scene: Scene) -> None:
        one, other = scene.submitted, scene.other
        self.ask(one, f" {other.reference.lower()} ")
        self.ask(other, one.reference)
        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.together_with, other.together_with) == (other, one)

    def test_taken_back_on_both_sides(self, scene: Scene) -> None:
        one, other = scene.submitted, scene.other
        self.ask(one, other.reference)
        self.ask(other, one.reference)
        self.ask(one, "")
        other.refresh_from_db()
        assert other.together_with is None

    def test_a_wish_that_is_shared_goes_before_one_that_is_not(self, scene: Scene) -> None:
        stranger, one, other = scene.draft, scene.submitted, scene.other
        self.ask(stranger, other.reference)
        with pytest.raises(NotTogether):
            self.ask(one, other.reference)
        self.ask(other, one.reference)
        self.ask(one, other.reference)
        stranger.refresh_from_db()
        assert stranger.together_with is None

    def test_not_oneself_nobody_and_not_in_every_call(self, scene: Scene) -> None:
        one = scene.submitted
        for wrong in (one.reference, "SUM-19-9999"):
            with pytest.raises(NotTogether):
                self.ask(one, wrong)
        models.Call.objects.filter(pk=scene.call.pk).update(takes_joint=False)
        with pytest.raises(NotTogether):
            self.ask(one, scene.other.reference)


def test_where_it_stands_is_told_in_words(scene: Scene) -> None:
    made = scene.submitted
    assert next(str(one.name) for one in queries.way_ahead(made)) == "Review"
    assert queries.told_decision(made) is None
    assert queries.submit_step(made) is None
    withdraw = queries.withdraw_step(made)
    assert withdraw is not None
    assert WorkflowActor.APPLICANT in withdraw.by


def letters_to(address: str) -> list[str]:
    """Return subject and body of every letter to an address."""
    return [f"{one.subject}\n{one.body}" for one in mail.outbox if address in one.to]


def test_the_answers_of_the_scene_are_whole(scene: Scene) -> None:
    assert ANSWERS == YOU | PLAN
    assert queries.missing_answers(scene.submitted, {}) == []
