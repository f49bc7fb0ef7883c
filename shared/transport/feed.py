"""The feed as a source: another service's `GET /api/v1/events`, long-polled."""

from collections.abc import Callable, Sequence
from typing import Any

import httpx

from shared.kernel.cursor import Cursor
from shared.kernel.recorded import Recorded, from_cloud_event
from shared.kernel.sources import SourceUnavailable

BATCH = 200


class FeedSource:
    """Reads one service's feed. `token` is asked anew for every request, so that a renewed one is used at once."""

    def __init__(self, service: str, base_url: str, token: Callable[[], str], client: httpx.Client) -> None:
        self.service = service
        self._events = f"{base_url.rstrip('/')}/api/v1/events"
        self._token = token
        self._client = client
        self._cursor = Cursor(())

    def start(self, positions: Sequence[int]) -> None:
        self._cursor = Cursor(tuple(positions))

    def poll(self, timeout: float) -> Sequence[Recorded]:
        """Up to 200 events after the cursor. Raises SourceUnavailable."""
        page = self._get("", {"cursor": self._cursor.encode(), "wait": f"{timeout:g}", "limit": BATCH}, timeout)
        self._cursor = Cursor.decode(page["cursor"], len(self._cursor.positions))
        return [from_cloud_event(envelope) for envelope in page["events"]]

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        page = self._get(f"/partition/{partition}", {"after": after, "limit": limit})
        return [from_cloud_event(envelope) for envelope in page["events"]]

    def heads(self) -> Sequence[int]:
        return list(self._get("/heads", {})["positions"])

    def close(self) -> None:
        self._client.close()

    def _get(self, path: str, query: dict[str, Any], wait: float = 0) -> Any:
        try:
            answer = self._client.get(
                self._events + path,
                params=query,
                headers={"Authorization": f"Bearer {self._token()}"},
                timeout=wait + 10,
            )
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError, OSError) as error:
            raise SourceUnavailable(f"{self.service}: {type(error).__name__}") from error
