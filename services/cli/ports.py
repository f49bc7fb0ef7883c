"""Ports for servers that start a little later.

A server's port must not be one that the system lends to outgoing connections: between the draw and the server's
`listen` any client on the machine, a sibling's database or Kafka connection above all, could be lent it, and keep it.
"""

import socket
from collections.abc import Container, Iterable, Sequence
from itertools import chain
from pathlib import Path
from random import Random

LOWEST = 15_000
LENT = Path("/proc/sys/net/ipv4/ip_local_port_range")
LENT_FROM = 32_768
"""Where lent ports begin, if the system does not say."""


def free_ports(wanted: Sequence[int]) -> list[int]:
    """For each a port on the loopback interface, all different: the wanted one where it is free, else (0) any.

    Raises OSError when there are not enough.
    """
    drawn, held = iter(_to_draw()), dict[int, socket.socket]()
    try:
        for port in wanted:
            free = _hold(chain([port], drawn) if port else drawn, held)
            held[free.getsockname()[1]] = free
        return list(held)
    finally:
        for each in held.values():
            each.close()


def lent_from() -> int:
    """The lowest port that outgoing connections are lent."""
    try:
        return int(LENT.read_text("ascii").split()[0])
    except OSError:
        return LENT_FROM


def _to_draw() -> list[int]:
    """In another order each time, so that suites that start together seldom want the same."""
    ports = list(range(LOWEST, lent_from()))
    Random().shuffle(ports)
    return ports + [0] * 100  # where all is lent, one of the lent


def _hold(candidates: Iterable[int], held: Container[int]) -> socket.socket:
    """A socket on the first port on which a server could listen now; one that only waits to be forgotten is free."""
    for port in candidates:
        found = socket.socket()
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", port))
        except OSError:
            found.close()
            continue
        if found.getsockname()[1] not in held:
            return found
        found.close()
    raise OSError("no free port on the loopback interface")
