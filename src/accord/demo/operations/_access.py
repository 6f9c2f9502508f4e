"""How people come in and act: invitations in every state, somebody who stands in, tokens, links, saved views."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.urls import reverse

from accord.demo.operations._cast import ACCEPTS, address_of
from accord.demo.operations._directory import Directory
from accord.demo.operations._voices import days_before, moment, speak_as
from accord.demo.stories.houses import POLYTECHNIC, UNIVERSITY
from accord.kernel.secret import ACCESS_MARK
from accord.kernel.text import EN, ZH
from accord.people import operations as people
from accord.people.enums import CHECK_DETAILS, Role, TokenScope
from accord.people.queries import AccessToken, Institution, Invitation, Person, account_by_address

JOINED = date(2018, 2, 5)
OFFICER, STEWARD = "demo-sample-university-officer", "demo-steward"
VIEWS = (
    ("/negotiations/", "Wait for an answer", "state=in-review"),
    ("/people/", "People by name", "sort=name"),
    ("/agreements/sample-park/promises/certificates/records/", "Contested lists", "state=contested"),
)
"""Lists that the officer of the sample university keeps: the list's address, the name, the filters."""


class Doors:
    """Lets people in and lets them act.

    The secrets are drawn from the seed: they open nothing but this world, where everybody may take any role anyway.
    """

    def __init__(self, cast: Mapping[str, Person], directory: Directory, *, seed: int, site: str, as_of: date) -> None:
        """Keep who is there, at which address Accord is, and which day it is."""
        self.cast, self.directory, self.seed, self.site, self.as_of = cast, directory, seed, site, as_of

    def secret(self, name: str) -> str:
        """Return the secret of this name, the same in every world of this seed."""
        return hashlib.sha256(f"demo {self.seed} {name}".encode()).hexdigest()

    def open(self) -> None:
        """Do all of it."""
        self.invite()
        self.stand_in()
        self.hold_token()
        self.send_links()
        self.keep_views()

    def invite(self) -> None:
        """Send four invitations: one is accepted, one waits, one has expired, one was taken back."""
        officer, steward = self.cast[OFFICER], self.cast[STEWARD]
        ours, polytechnic = (self.directory.houses[key] for key in (UNIVERSITY, POLYTECHNIC))
        self._accepted(ours, officer)
        self._invited("new.colleague@university.example.org", Role.OFFICER, ours, officer, self._past(3))
        self._invited("exchange@polytechnic.example.org", Role.OFFICER, polytechnic, steward, self._past(40))
        wrong = self._invited("wrong.address@university.example.org", Role.OFFICER, ours, officer, self._past(8))
        people.revoke_invitation(invitation=wrong, by=officer, at=self._past(8, 3))

    def _accepted(self, ours: Institution, officer: Person) -> None:
        """Invite the executive, who accepts in the afternoon."""
        account = account_by_address(address_of(ACCEPTS))
        if account is None:
            raise LookupError(f"{ACCEPTS} has no account")
        self._invited(account.email, Role.EXECUTIVE, ours, officer, moment(JOINED))
        speak_as(self.cast[ACCEPTS])
        people.accept_invitation_as(token=self.secret(account.email), account=account, at=moment(JOINED, 6))

    def _invited(self, email: str, role: Role, house: Institution, by: Person, at: datetime) -> Invitation:
        token = self.secret(email)
        return people.invite(
            email=email,
            role=role,
            institution=house,
            language=EN if by.key == STEWARD else ZH,
            token=token,
            url=self.site + reverse("people:invitation", args=[token]),
            by=speak_as(by),
            at=at,
        )

    def stand_in(self) -> None:
        """Let the executive stand in for the officer these days, as the officer did once for the executive."""
        officer, executive = self.cast[OFFICER], self.cast[ACCEPTS]
        people.delegate(
            to=executive,
            starts_on=self.as_of - timedelta(days=5),
            ends_on=self.as_of + timedelta(days=12),
            reason="On leave until the middle of the month",
            by=speak_as(officer),
        )
        people.delegate(
            to=officer,
            starts_on=date(2019, 2, 4),
            ends_on=date(2019, 2, 11),
            reason="Spring Festival",
            by=speak_as(executive),
        )

    def hold_token(self) -> None:
        """Make two tokens for programs, neither of which opens anything now: one was revoked, one has expired."""
        officer = speak_as(self.cast[OFFICER])
        nightly = self._token("Nightly export to the registry", 60, 300, officer)
        people.revoke_token(token=nightly, at=self._past(20))
        self._token("Trial of the API", 120, 30, officer)

    def _token(self, name: str, days_ago: int, days: int, by: Person) -> AccessToken:
        letters = self.secret(name)
        return people.make_token(
            by=by,
            name=name,
            scopes=[TokenScope.READ],
            expires_at=self._past(days_ago) + timedelta(days=days),
            secret=f"{ACCESS_MARK}_{letters[:8]}_{letters}",
            at=self._past(days_ago),
        )

    def send_links(self) -> None:
        """Make links by which people without an account check what is known of them: one open, one taken back."""
        officer = speak_as(self.cast[OFFICER])
        for number in (2, 3):
            person = self.directory.people[number]
            link = people.make_link(
                person=person,
                purpose=CHECK_DETAILS,
                record=f"person:{person.pk}",
                expires_at=self._past(-14),
                token=self.secret(f"link {number}"),
                by=officer,
                at=self._past(6),
            )
        people.revoke_link(link=link, by=officer, at=self._past(5))

    def keep_views(self) -> None:
        """Keep lists as the officer filtered and sorted them."""
        officer = speak_as(self.cast[OFFICER])
        for path, name, query in VIEWS:
            people.save_view(by=officer, name=name, path=path, query=query)

    def _past(self, days: int, hour: int = 2) -> datetime:
        """Return a moment some days ago."""
        return days_before(self.as_of, days, hour)
