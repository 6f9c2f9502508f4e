"""Keeps what a site does for teams, and what teams used of it."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Person
from accord.workspace.models import Service, ServiceUse, Site, Team
from accord.workspace.queries import day_at


class PriceOverValue(Refused):
    """A service costs a team no more than it is worth."""

    code = "price-over-value"


class ServiceEnded(Refused):
    """The service was not offered on this day any more."""

    code = "service-ended"


class UseInFuture(Refused):
    """What a team used is recorded once it used it."""

    code = "use-in-future"


class OtherSite(Refused):
    """The team is of another site."""

    code = "other-site"


class QuantityOdd(Refused):
    """Nothing was used."""

    code = "quantity-odd"


def add_service(
    *, site: Site, name: Bilingual, unit: Bilingual, value_minor: int, by: Person, at: datetime, price_minor: int = 0
) -> Service:
    """Add a service with what one is worth and what a team pays for it. Raises `PriceOverValue`."""
    del by, at
    _refuse_price(value_minor, price_minor)
    return Service.objects.create(
        site=site, name=named(name), unit=tidied(unit), value_minor=value_minor, price_minor=price_minor
    )


@transaction.atomic
def change_service(
    *,
    service: Service,
    version: int,
    name: Bilingual,
    unit: Bilingual,
    value_minor: int,
    price_minor: int,
    ended_on: date | None,
    by: Person,
    at: datetime,
) -> Service:
    """Change a service from now on; what teams were given before keeps its value.

    Raises `PriceOverValue`, and `Clash` where somebody changed it since `version`. The same again changes nothing.
    """
    del by, at
    _refuse_price(value_minor, price_minor)
    held = Service.objects.select_for_update().get(pk=service.pk)
    wanted = {
        "name": named(name),
        "unit": tidied(unit),
        "value_minor": value_minor,
        "price_minor": price_minor,
        "ended_on": ended_on,
    }
    if all(getattr(held, field) == value for field, value in wanted.items()):
        return held
    expect(held, version)
    for field, value in wanted.items():
        setattr(held, field, value)
    held.version += 1
    held.save(update_fields=[*wanted, "version"])
    return held


def record_service(
    *, service: Service, team: Team, used_on: date, quantity: Decimal, by: Person, at: datetime, note: str = ""
) -> ServiceUse:
    """Record that a team used a service; its value is what it is worth less what the team pays, as it stands now.

    Raises `OtherSite`, `UseInFuture`, `QuantityOdd`, and `ServiceEnded` for a day on which it was over.
    """
    if team.site_id != service.site_id:
        raise OtherSite(_("Choose a team of this work space."), field="team")
    if used_on > day_at(team.site, at):
        raise UseInFuture(_("The day must not be later than today."), field="used_on")
    if service.ended_on is not None and used_on >= service.ended_on:
        raise ServiceEnded(_("The service was over on this day. Choose an earlier day."), field="used_on")
    if quantity <= 0:
        raise QuantityOdd(_("Enter how many were used, more than 0."), field="quantity")
    worth = (service.value_minor - service.price_minor) * quantity
    return ServiceUse.objects.create(
        service=service,
        team=team,
        used_on=used_on,
        quantity=quantity,
        value_minor=int(worth.quantize(Decimal(1), ROUND_HALF_UP)),
        note=" ".join(note.split()),
        recorded_at=at,
        recorded_by=by,
    )


@transaction.atomic
def strike_service_use(*, use: ServiceUse, by: Person, at: datetime) -> ServiceUse:
    """Strike what was recorded by mistake; it stays in the history. Twice changes nothing."""
    held = ServiceUse.objects.select_for_update().get(pk=use.pk)
    if held.struck_at is None:
        held.struck_at, held.struck_by = at, by
        held.save(update_fields=["struck_at", "struck_by"])
    return held


def _refuse_price(value_minor: int, price_minor: int) -> None:
    if price_minor > value_minor:
        raise PriceOverValue(
            _("A team pays no more than it is worth. Lower the price, or raise the worth."), field="price"
        )
