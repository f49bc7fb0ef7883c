"""Where a consumer gets another service's events from."""

from collections.abc import Sequence
from typing import Protocol

from shared.kernel.recorded import Recorded


class Source(Protocol):
    """One service's events as a transport brings them: possibly repeated, possibly with gaps."""

    @property
    def service(self) -> str: ...

    def start(self, positions: Sequence[int]) -> None:
        """Begin, or begin again, after these positions (one a partition)."""
        ...

    def poll(self, timeout: float) -> Sequence[Recorded]:
        """Up to 200 events, or none after `timeout` seconds. Malformed records are counted and left out."""
        ...

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        """Events of one partition straight from the owner's log, without gaps."""
        ...

    def heads(self) -> Sequence[int]:
        """The owner's present positions, one a partition."""
        ...

    def close(self) -> None: ...


class SourceUnavailable(Exception):
    """The owner of the events, or what carries them, cannot be reached now: try again later."""
