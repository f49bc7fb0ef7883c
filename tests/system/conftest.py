"""Everything in this folder starts real processes."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.system.truths", "tests.system.load", "tests.system.books", "tests.system.town")

from services.cli.suite import Suite  # noqa: E402  rewritten only when imported after that
from services.process import SERVICES  # noqa: E402
from tests.system.played import played  # noqa: E402
from tests.system.running import Running  # noqa: E402
from tests.system.running import running as run  # noqa: E402
from tests.system.served import Served  # noqa: E402


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """The real suite, running, with the demo played on it. Tests leave its facts as they are, or add to them."""
    with played(tmp_path_factory.mktemp("county") / "var") as suite:
        yield suite


@pytest.fixture(scope="session")
def services(county: Suite) -> Iterator[dict[str, Served]]:
    """The county's four services, served in this process as well."""
    with ExitStack() as served:
        yield {name: served.enter_context(Served(county, name)) for name in SERVICES}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The toy's suite, with no part started yet."""
    with run(tmp_path) as started:
        yield started
