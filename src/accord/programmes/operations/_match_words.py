"""What hosts and applicants are told of places and offers, in both languages; moments in the zone of the call."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from accord.kernel.text import EN, LANGUAGES, ZH, Bilingual
from accord.programmes.models import Call, Host, Offer
from accord.ui import say

Text = str | Promise


def call_words(text: Text, call: Call, *, answer_by: datetime | None = None) -> Bilingual:
    """Return a text about a call in both languages."""
    return _both(text, call, answer_by)


def offer_words(text: Text, offer: Offer, *, state: Text = "") -> Bilingual:
    """Return a text about an offer in both languages."""
    values: dict[str, object] = {
        "place": offer.place.name,
        "reference": offer.application.reference,
        "state": state,
    }
    return _both(text, offer.application.call, offer.answer_by_at, values)


def host_words(text: Text, host: Host) -> Bilingual:
    """Return a text about a host in both languages."""
    return _both(text, host.call, None, {"institution": host.institution.name})


def letter_to_host(parts: tuple[Text, ...], host: Host) -> tuple[str, str]:
    """Return subject and body of a letter to a host, its own language first; the first part is the subject."""
    first = ZH if host.language.startswith("zh") else EN
    order = (first, EN if first == ZH else ZH)
    subject, *body = [host_words(part, host) for part in parts]
    sides = ["\n\n".join(one.side(language) for one in body) for language in order]
    return " · ".join(subject.side(language) for language in order), "\n\n————\n\n".join(sides)


def _both(text: Text, call: Call, answer_by: datetime | None, values: dict[str, object] | None = None) -> Bilingual:
    sides = []
    for language in LANGUAGES:
        with override(language), timezone.override(ZoneInfo(call.time_zone)):
            said = {"call": call.name, "owner": call.programme.owner.name, **(values or {})}
            said["answer_by"] = say.moment(answer_by) if answer_by else ""
            sides.append((str(text) % {name: str(value) for name, value in said.items()}).strip())
    return Bilingual(*sides)
