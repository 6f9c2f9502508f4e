"""What tests stand on: a PostgreSQL that starts by itself, and no network beyond this machine."""

import socket

import pytest
from django.db import connection
from pytest_socket import SocketConnectBlockedError

ELSEWHERE = ("192.0.2.1", 80)  # an address that the standards keep free for examples


@pytest.mark.django_db
def test_database_is_postgresql_and_one_of_its_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('server_version_num')::int")
        name, version = cursor.fetchone()

    assert name.startswith("test_")
    assert version >= 150_000


def test_network_is_off() -> None:
    with (
        socket.socket() as there,
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        there.connect(ELSEWHERE)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_connection(here.getsockname()):
        pass
