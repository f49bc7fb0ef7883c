"""The services as an operator's command sees them: their databases directly, since an API may be down."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from services.cli.suite import open_suite
from services.process import SERVICES, bootstrap_of
from shared.config import SettingsInvalid, read_settings
from shared.kernel.store import Store, connect
from shared.runtime import Runtime, assemble, build_ports


def runtimes(var: Path, only: str = "") -> Iterator[Runtime]:
    """The embedded suite's services, or, where NOL_SERVICE is set (in a container), that one."""
    for environment in _environments(var, only):
        with _set(environment):
            yield _runtime()


def runtime_of(var: Path, service: str) -> Runtime:
    """One service. Raises click.UsageError when the environment speaks of another."""
    for runtime in runtimes(var, service):
        return runtime
    raise click.UsageError(f"这里没有服务 {service}")


def _environments(var: Path, only: str) -> list[Mapping[str, str]]:
    if "NOL_SERVICE" in os.environ:
        mine = os.environ["NOL_SERVICE"]
        return [{}] if only in ("", mine) else []
    suite = open_suite(var)
    return [suite.environment(service, "worker") for service in SERVICES if only in ("", service)]


@contextmanager
def _set(environment: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _runtime() -> Runtime:
    try:
        settings = read_settings()
    except SettingsInvalid as fault:
        raise click.ClickException(str(fault)) from fault
    ports = build_ports(settings)
    service = bootstrap_of(settings.service.value).build(ports)
    store = Store(connect(settings.mongo_uri), settings.database, service, settings.partitions)
    return assemble(ports, service, store)
