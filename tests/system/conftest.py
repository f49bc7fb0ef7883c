"""Everything in this folder starts real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.system.truths", "tests.system.load")

from tests.system.running import Running  # noqa: E402  rewritten only when imported after that
from tests.system.running import running as run  # noqa: E402  as above


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The toy's suite, with no part started yet."""
    with run(tmp_path) as started:
        yield started
