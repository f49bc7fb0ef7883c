"""Everything in this folder starts real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.running import Running
from tests.system.running import running as run


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The toy's suite, with no part started yet."""
    with run(tmp_path) as started:
        yield started
