"""The API as a real server process: ready, stopped with grace, and silent about nothing."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from shared.auth.signing import TokenSigner
from shared.kernel.caller import Caller
from shared.privacy.keyring_file import generate_keyring, write_keyring
from tests.processes import ServerProcess, free_ports
from tests.shared.http.conftest import AUDIENCE, ISSUER

pytestmark = pytest.mark.system
IN_HAND = 'nol_http_requests_in_hand{route="/api/v1/events"} 1.0'


@pytest.fixture
def url() -> str:
    [port] = free_ports(1)
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def server(
    url: str, keys: Path, tmp_path: Path, mongo: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ServerProcess]:
    write_keyring(generate_keyring(), tmp_path / "keyring.json")
    environment = {
        "NOL_SERVICE": "registry",
        "NOL_MODE": "embedded",
        "NOL_MONGO_URI": mongo,
        "NOL_DATABASE": database[:30],
        "NOL_PORT": url.rpartition(":")[2],
        "NOL_PARTITIONS": "4",
        "NOL_KEYRING_FILE": str(tmp_path / "keyring.json"),
        "NOL_JWKS_FILE": str(keys / "jwks.json"),
        "NOL_TOKEN_ISSUER": ISSUER,
        "NOL_TOKEN_AUDIENCE": AUDIENCE,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "tests.shared.http.served"]
    process = ServerProcess(command, log=tmp_path / "server.log", answers=lambda: _ready(url))
    process.start()
    yield process
    process.kill()


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").status_code == 200
    except httpx.HTTPError:
        return False


def test_a_stop_sends_waiting_readers_home_with_an_answer(
    server: ServerProcess, url: str, signer: TokenSigner, tmp_path: Path
) -> None:
    token = signer.sign(Caller(subject="reader", role="service"), timedelta(hours=1))
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client, ThreadPoolExecutor(1) as threads:
        cursor = client.get("/api/v1/events").json()["cursor"]
        waiting = threads.submit(client.get, f"/api/v1/events?wait=25&cursor={cursor}")
        while IN_HAND not in client.get("/metrics").text:
            assert not waiting.done()
        server.stop()
        answer = waiting.result()

    assert answer.json() == {"events": [], "cursor": cursor, "more": False}
    log = (tmp_path / "server.log").read_text("utf-8")
    assert '"route": "/api/v1/events"' in log
    assert "Traceback" not in log
