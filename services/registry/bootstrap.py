"""Where the registry is put together."""

from collections.abc import Mapping

from services.registry.api import census, children, headcounts, imports, rates, schools
from services.registry.imports.jobs import import_jobs
from services.registry.policy import read_policy
from services.registry.service import registry
from shared.http import Blueprint
from shared.kernel.jobs import Work
from shared.kernel.service import Service
from shared.runtime import Ports, Runtime


def build(_: Ports) -> Service:
    return registry(read_policy())


def blueprints() -> list[Blueprint]:
    return [
        children.blueprint(),
        schools.blueprint(),
        census.census_blueprint(),
        census.boarding_blueprint(),
        headcounts.blueprint(),
        imports.blueprint(),
        rates.blueprint(),
    ]


def job_kinds(runtime: Runtime) -> Mapping[str, Work]:
    return import_jobs(runtime)
