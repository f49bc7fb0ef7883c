"""Ready means that the process that was started answers, and nobody else in its place."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import make_server

import click
import pytest

from services.cli import up
from services.cli.children import PortTaken, answering_instance, part
from services.cli.suite import Suite, make_suite


@contextmanager
def answering(body: bytes, status: str = "200 OK") -> Iterator[int]:
    """Somebody who answers every request so; the port."""

    def application(_: object, start: Callable[..., object]) -> list[bytes]:
        start(status, [("Content-Type", "application/json")])
        return [body]

    server = make_server("127.0.0.1", 0, application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def ready(port: int, instance: str) -> bool:
    suite = Suite(Path(), {"registry-api": port, **_PEERS}, "mongodb://127.0.0.1:1/", False, instance=instance)
    return part(suite, "registry", "api").ready(0)


_PEERS = {f"{name}-api": 1 for name in ("visits", "assistance", "supervision")}


def test_whoever_belongs_to_this_start_is_ready() -> None:
    with answering(b'{"status": "ok", "instance": "ours"}') as port:
        assert ready(port, "ours")


@pytest.mark.parametrize("body", [b'{"status": "ok", "instance": "theirs"}', b'{"status": "ok"}', b"hello", b"[]"])
def test_another_s_answer_is_not_taken_for_the_own_one(body: bytes) -> None:
    with answering(body) as port, pytest.raises(PortTaken, match="registry-api"):
        ready(port, "ours")


def test_who_is_not_ready_yet_is_waited_for() -> None:
    with answering(b'{"status": 503}', "503 Service Unavailable") as port:
        assert not ready(port, "ours")
    assert answering_instance("http://127.0.0.1:1") is None


def test_each_start_has_a_word_of_its_own(tmp_path: Path) -> None:
    first, second = (make_suite(tmp_path / "var", usual_ports=False) for _ in range(2))
    assert first.instance != second.instance
    assert first.environment("registry", "api")["NOL_INSTANCE"] == first.instance


def test_where_every_port_is_taken_it_ends_with_a_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[bool] = []

    def make(*, usual_ports: bool) -> Suite:
        drawn.append(usual_ports)
        return make_suite(tmp_path / "var", usual_ports=False)

    def taken(*_: object) -> None:
        raise PortTaken("registry-api")

    monkeypatch.setattr(up, "_serve", taken)
    with pytest.raises(click.ClickException, match="端口已被其他程序占用"):
        up._run(make, usual_ports=True, sample=False, started=0.0)
    assert drawn == [True, *[False] * (up.TRIES - 1)]
