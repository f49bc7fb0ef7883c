"""Where the registry is put together."""

from collections.abc import Mapping

from services.registry.api import children, headcounts, imports, schools
from services.registry.imports.jobs import import_jobs
from services.registry.policy import read_policy
from services.registry.service import registry
from shared.http import Blueprint
from shared.kernel.jobs import Work
from shared.kernel.service import Service
from shared.runtime import Ports, Runtime


def build(ports: Ports) -> Service:
    return registry(read_policy(), ports.calendar)


def blueprints() -> list[Blueprint]:
    return [children.blueprint(), schools.blueprint(), headcounts.blueprint(), imports.blueprint()]


def job_kinds(runtime: Runtime) -> Mapping[str, Work]:
    return import_jobs(runtime)
