"""Which addresses Accord calls: by what a name stands for at that moment, and nowhere else."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from tests.outbox.sinks import WebSink, web_sink

from accord.outbox.operations import AddressRefused, Caution
from accord.outbox.operations._web import check_address, post

PUBLIC = "93.184.215.14"


def resolver(*answers: str, asked: list[str] | None = None) -> Any:
    """Return a name server that answers so, once for each call."""
    rest = list(answers)

    def resolve(host: str, port: int, **_options: object) -> list[tuple[Any, ...]]:
        if asked is not None:
            asked.append(host)
        found = rest.pop(0) if len(rest) > 1 else rest[0]
        return [(socket.AF_INET, 0, 0, "", (one, port)) for one in found.split()]

    return resolve


PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.0.0.5",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2001::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        check_address("https://example.org/hook", caution=Caution(resolve=resolver(address)))


def test_name_with_one_inner_address_among_public_ones_is_refused() -> None:
    with pytest.raises(AddressRefused):
        check_address("https://example.org/", caution=Caution(resolve=resolver(f"{PUBLIC} 10.0.0.1")))


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_address_is_where_one_connects(address: str) -> None:
    target = check_address("https://example.org/a?b=1", caution=Caution(resolve=resolver(address)))

    assert (target.host, target.address, target.port, target.path) == ("example.org", address, 443, "/a?b=1")


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:7f00:1]", "127.0.0.1", "localhost"]
)
def test_other_ways_to_write_this_machine_are_refused(host: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(f"https://{host}/", caution=Caution())


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://user:password@example.org/",
        "https://example.org@127.0.0.1/",
        "https://example.org:22/",
        "https://example.org:80/",
        "https://example.org:99999/",
        "https:///path",
        "https://exa mple.org/",
        "https://example.org/\r\nHost: x",
        "https://例子.中国/",
        "",
    ],
)
def test_other_forms_of_address_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url, caution=Caution(resolve=resolver(PUBLIC)))


@pytest.fixture
def sink() -> Iterator[WebSink]:
    """Run a web server."""
    with web_sink() as running:
        yield running


def test_name_server_that_changes_its_mind_leads_nowhere_else(sink: WebSink, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first answer is checked and connected to; the second, which leads here, is never asked for."""
    asked: list[str] = []
    connected: list[Any] = []

    def connect(address: Any, *_more: Any, **_options: Any) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    answer = post(
        "https://rebind.example.org/", b"{}", {}, caution=Caution(resolve=resolver(PUBLIC, "127.0.0.1", asked=asked))
    )

    assert asked == ["rebind.example.org"]
    assert [address[0] for address in connected] == [PUBLIC]
    assert answer.status is None
    assert sink.posts == []


def test_second_call_checks_again_and_is_refused(sink: WebSink) -> None:
    caution = Caution(resolve=resolver("127.0.0.1"))

    answer = post(
        sink.url.replace("http:", "https:").replace("127.0.0.1", "rebind.example.org"), b"", {}, caution=caution
    )

    assert answer.is_refused
    assert sink.posts == []


def test_redirect_to_a_clouds_metadata_is_not_followed(sink: WebSink) -> None:
    sink.answer = lambda _post: (307, "", {"Location": "http://169.254.169.254/latest/meta-data/"})

    answer = post(sink.url, b"{}", {}, caution=Caution(loopback=True))

    assert (answer.status, len(sink.posts)) == (307, 1)


def test_little_of_a_large_answer_is_read(sink: WebSink) -> None:
    sink.answer = lambda _post: (200, "x" * 5_000_000, {})

    assert len(post(sink.url, b"{}", {}, caution=Caution(loopback=True)).body) <= 16_384


def test_answer_that_drips_for_ever_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.outbox.operations._web._post.SECONDS_IN_ALL", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, caution=Caution(loopback=True))

    assert answer.status is None
    assert answer.error != ""


def test_certificate_must_bear_the_name(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with another name's certificate gets no post, though the number is the right one."""
    from tests.outbox.certificates import https_sink, trusting  # noqa: PLC0415 (makes keys, needed here alone)

    with https_sink(tmp_path, "right.example.org") as (port, posts, authority):
        monkeypatch.setattr("accord.outbox.operations._web._post.trust", lambda: trusting(authority))
        caution = Caution(loopback=True, resolve=resolver("127.0.0.1"))
        right = post(f"https://right.example.org:{port}/", b"{}", {}, caution=caution)
        wrong = post(f"https://wrong.example.org:{port}/", b"{}", {}, caution=caution)

    assert right.status == 200
    assert wrong.status is None
    assert "certificate" in wrong.error
    assert posts == ["right.example.org"]
