"""Where the registry is put together."""

from collections.abc import Mapping
from functools import partial

from services.registry.api import (
    calendars,
    census,
    children,
    differences,
    districts,
    duplicates,
    headcounts,
    imports,
    organisations,
    owed_class_days,
    parties,
    places,
    rates,
    schools,
    snapshots,
    transfers,
)
from services.registry.duplicates.searching import JOB_KIND, search_files
from services.registry.imports.jobs import import_jobs
from services.registry.policy import read_policy
from services.registry.reconciliation.jobs import reconciliation_jobs
from services.registry.service import registry
from services.registry.snapshots.jobs import list_jobs
from shared.http import Blueprint
from shared.kernel.jobs import Work
from shared.kernel.service import Service
from shared.runtime import Ports, Runtime


def build(ports: Ports) -> Service:
    return registry(read_policy(), ports.calendar)


def blueprints() -> list[Blueprint]:
    return [
        children.blueprint(),
        schools.blueprint(),
        census.census_blueprint(),
        census.boarding_blueprint(),
        headcounts.blueprint(),
        owed_class_days.blueprint(),
        imports.blueprint(),
        rates.blueprint(),
        duplicates.blueprint(),
        snapshots.blueprint(),
        differences.blueprint(),
        transfers.blueprint(),
        places.divisions_blueprint(),
        places.villages_blueprint(),
        districts.townships_blueprint(),
        districts.districts_blueprint(),
        parties.enterprises_blueprint(),
        parties.workers_blueprint(),
        organisations.departments_blueprint(),
        organisations.groups_blueprint(),
        calendars.blueprint(),
    ]


def job_kinds(runtime: Runtime) -> Mapping[str, Work]:
    return {
        **import_jobs(runtime),
        **list_jobs(runtime),
        **reconciliation_jobs(runtime, read_policy().age),
        JOB_KIND: partial(search_files, runtime),
    }
