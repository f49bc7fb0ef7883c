"""The real suite with the demo played on it: four services full of one county's facts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console

from services.cli.children import Children
from services.cli.demo.command import play
from services.cli.demo.people import People, draw_school_code
from services.cli.demo.stage import Stage
from services.cli.suite import Suite, make_suite
from services.cli.up import start_all
from tests.system.paperwork import file_papers


@contextmanager
def played(folder: Path) -> Iterator[Suite]:
    """A running suite in which a school's children have been lost and found. It is stopped at the end."""
    (folder / "logs").mkdir(parents=True)
    suite, children = make_suite(folder, usual_ports=False), Children(threading.Event())
    try:
        start_all(suite, children)
        with httpx.Client() as http:
            stage = Stage(People(suite, draw_school_code(), http), Console(quiet=True))
            report = play(stage)
            file_papers(stage)
        assert report.ok, [check for check in report.checks if not check.held]
        yield suite
    finally:
        children.stop()
