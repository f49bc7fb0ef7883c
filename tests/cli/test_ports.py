"""Ports of servers that start a little later."""

import socket

import pytest

from services.cli.ports import free_ports, lent_from


def test_drawn_ports_are_different_and_none_is_ever_lent_to_an_outgoing_connection() -> None:
    ports = free_ports([0] * 50)
    assert len(set(ports)) == 50
    assert max(ports) < lent_from()


def test_a_wanted_port_is_given_once_and_only_where_nobody_listens() -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        busy = somebody.getsockname()[1]
        [idle] = free_ports([0])
        given = free_ports([busy, idle, idle])
    assert busy not in given
    assert given[1] == idle
    assert len(set(given)) == 3


def test_what_an_outgoing_connection_was_lent_no_server_can_listen_on() -> None:
    """Why such a port is not drawn."""
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        lent = client.getsockname()[1]
        assert lent >= lent_from()
        assert lent not in free_ports([lent])
        with socket.socket() as late:
            late.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with pytest.raises(OSError, match="in use"):
                late.bind(("127.0.0.1", lent))
