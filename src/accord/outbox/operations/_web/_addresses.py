"""Which addresses may be called: public ones by HTTPS, decided on the very address that is then connected to."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused

HTTPS_PORT, HTTP_PORT = 443, 80
FIRST_FREE_PORT = 1024
LONGEST_HOST = 253
NO_ADDRESS = _("This is no web address. Enter one such as https://example.org/accord.")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[..., Sequence[tuple[Any, ...]]]

NOT_OURS_TO_CALL = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; a cloud's metadata among them
        "168.63.129.16/32",  # a cloud's own wire server, though its number is public
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible
        "64:ff9b::/96",  # NAT64: leads to whatever IPv4 address it wraps
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",  # Teredo and its kin
        "2001:db8::/32",
        "2002::/16",  # 6to4: wraps an IPv4 address as well
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)


class AddressRefused(Refused):
    """Accord does not call this address; the sentence says why."""

    code = "address-refused"


@dataclass(frozen=True, slots=True)
class Caution:
    """How addresses are resolved, and whether this machine itself may be called (for tests and trials only)."""

    loopback: bool = False
    resolve: Resolver = field(default=socket.getaddrinfo)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the number that was checked, and the name that its certificate must bear."""

    scheme: str
    host: str
    address: str
    port: int
    path: str


def split_address(url: str, *, caution: Caution) -> SplitResult:
    """Return the parts of an address that may be called by its form. Raises `AddressRefused`; asks no name server."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(NO_ADDRESS, field="url") from error
    if parts.scheme != "https" and not (parts.scheme == "http" and caution.loopback):
        raise AddressRefused(_("Use an address that begins with https://."), field="url")
    if not parts.hostname or len(parts.hostname) > LONGEST_HOST or not url.isascii() or any(c.isspace() for c in url):
        raise AddressRefused(NO_ADDRESS, field="url")
    if "@" in parts.netloc:
        raise AddressRefused(_("Leave the user name and password out of the address."), field="url")
    if port is not None and port != HTTPS_PORT and port < FIRST_FREE_PORT and not caution.loopback:
        raise AddressRefused(_("Use port 443, or one from 1024 on."), field="url")
    return parts


def check_address(url: str, *, caution: Caution) -> Target:
    """Resolve the address once and return where to connect. Raises `AddressRefused` where any answer is not public.

    Whoever connects to `Target.address` and nowhere else cannot be led elsewhere by a name server that changes its
    mind. Raises `OSError` where the name is not known.
    """
    parts = split_address(url, caution=caution)
    host = parts.hostname or ""
    port = parts.port or (HTTPS_PORT if parts.scheme == "https" else HTTP_PORT)
    answers = caution.resolve(host, port, type=socket.SOCK_STREAM)
    found = [ipaddress.ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]
    if not found:
        raise OSError(f"no address of {host}")
    for one in found:
        _refuse(one, parts.scheme, caution)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, str(found[0]), port, path)


def _refuse(address: Address, scheme: str, caution: Caution) -> None:
    """Refuse one number that a name stands for."""
    if caution.loopback and address.is_loopback:
        return
    if scheme != "https" or not is_public(address):
        raise AddressRefused(
            _("This address leads into a private network. Use one that is reached over the internet."), field="url"
        )


def is_public(address: Address) -> bool:
    """Say whether a number belongs to the internet: not to this machine, a private network or a way around both."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return False
    inside = any(address in network for network in NOT_OURS_TO_CALL if network.version == address.version)
    return address.is_global and not (inside or address.is_multicast or address.is_reserved or address.is_unspecified)
