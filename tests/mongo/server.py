"""A MongoDB-compatible server of the tests' own: WiredTiger on disk, every commit synced."""

import sys
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from services.cli.children import DATABASE_SETTINGS
from tests.processes import ServerProcess, free_ports

_PROBE_TIMEOUT_MS = 500


class MongoServer:
    """One server process with its own folder and port; killed and restarted, it keeps both."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        [port] = free_ports(1)
        self.uri = f"mongodb://127.0.0.1:{port}/?directConnection=true"
        command = [
            str(Path(sys.executable).with_name("secantusd-py")),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        command += ["--storage-path", str(folder / "data"), *DATABASE_SETTINGS]
        self.process = ServerProcess(command, log=folder / "server.log", answers=self._answers)

    def start(self) -> None:
        """Return when the server answers."""
        self.process.start()

    def stop(self) -> None:
        self.process.stop()

    def kill(self) -> None:
        """kill -9. What was acknowledged must be there after `start`."""
        self.process.kill()

    def restart(self) -> None:
        """kill -9, and up again on the same port and data."""
        self.process.restart()

    def _answers(self) -> bool:
        # Connection errors are the expected answer of a server that still opens its files.
        with MongoClient[dict[str, object]](self.uri, serverSelectionTimeoutMS=_PROBE_TIMEOUT_MS) as client:
            try:
                client.admin.command("ping")
            except PyMongoError:
                return False
        return True
