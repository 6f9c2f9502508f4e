"""Privacy in the states worth a look: one's own data, requests, restricted people, transfers, the register."""

from datetime import timedelta

from tests.browser.way import View, at, go, send
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person
from accord.people.operations import PersonFacts
from accord.privacy import operations
from accord.privacy.models import CountedRead, DataRequest, PersonalCopy
from accord.privacy.operations import TransferFacts

AT = moment(TODAY, 3)
LONG_WORDS = "The address that you keep is that of my former office. " * 6


def _request(**which: object) -> object:
    """Return the way to a request."""
    return lambda page, _scene: go(page, f"/privacy/requests/{DataRequest.objects.filter(**which).latest('pk').pk}/")


VIEWS = [
    View("what is kept about me", "owner", at("/privacy/")),
    View("what is kept about nobody much", "outsider", at("/privacy/")),
    View("consents", "owner", at("/privacy/consents/")),
    View("copy of data", "owner", lambda page, _scene: go(page, f"/privacy/copies/{PersonalCopy.objects.get().pk}/")),
    View("requests about data", "steward", at("/privacy/requests/")),
    View("requests about data, none", "outsider", at("/privacy/requests/")),
    View("erasure to answer", "steward", _request(kind="erasure", state="open")),
    View("request refused", "owner", _request(kind="correction")),
    View("erasure answered", "steward", _request(kind="erasure", state="granted")),
    View("new request, wrong", "owner", send("/privacy/requests/new/", words=""), 422),
    View("restricted people", "steward", at("/privacy/restricted/")),
    View("transfers abroad", "steward", at("/privacy/transfers/")),
    View("new transfer, wrong", "steward", send("/privacy/transfers/new/", country="X"), 422),
    View("transfers, not allowed", "owner", at("/privacy/transfers/"), 403),
    View("register of processing", "owner", at("/privacy/register/")),
]


def furnish(scene: Scene) -> None:
    """Let people ask, agree, be restricted, be erased and be read from abroad."""
    cast = scene.cast
    owner, steward = cast.owner.person, {"by": cast.steward.person, "at": AT}
    leaving, gone, quiet = (
        people.add_person_at(
            facts=PersonFacts(name, email=f"{key}@example.org"),
            institution=cast.ours.institution,
            starts_on=TODAY,
            is_simulated=True,
            **steward,
        )
        for key, name in (
            ("leaving", Bilingual("Aurelia Featherstonehaugh-Cholmondeley", "欧阳芷若")),
            ("gone", Bilingual("Shen Ke", "沈可")),
            ("quiet", Bilingual("Ma Li", "马丽")),
        )
    )
    _ask(leaving, "erasure", early=40)
    _ask(owner, "correction", words=LONG_WORDS)
    operations.answer_request(
        request=DataRequest.objects.get(person=owner), version=1, state="refused", reason="It is right.", **steward
    )
    _ask(gone, "erasure")
    operations.answer_request(
        request=DataRequest.objects.get(person=gone), version=1, state="granted", reason="", **steward
    )
    operations.restrict(person=quiet, why="Asked for", **steward)
    for purpose in ("news", "pictures"):
        operations.give_consent(
            person=owner, purpose=purpose, text_version=1, language="en", channel="page", by=owner, at=AT
        )
    operations.withdraw_consent(person=owner, purpose="news", by=owner, at=AT)
    operations.ask_for_copy(person=owner, language="en", by=owner, at=AT)
    facts = TransferFacts(
        exporter_id=cast.ours.institution_id,
        recipient_id=cast.theirs.institution_id,
        country="GB",
        categories=Bilingual("Names, offices, e-mail addresses", "姓名、职务、邮箱"),
        basis="standard-contract",
        contract_number="BJ-2019-0042",
        filed_on=TODAY,
        starts_on=TODAY,
    )
    operations.keep_transfer(facts=facts, **steward)
    CountedRead.objects.create(year=TODAY.year, from_country="CN", to_country="GB", person=owner, first_at=AT)


def _ask(person: Person, kind: str, *, early: int = 0, words: str = "") -> None:
    """Let somebody ask something, so many days ago."""
    operations.ask(person=person, kind=kind, words=words, language="en", by=person, at=AT - timedelta(days=early))
