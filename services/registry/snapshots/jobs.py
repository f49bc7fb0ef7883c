"""Keeping lists as jobs: uploaded, taken up by any worker, their refused rows handed back as a workbook."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from services.registry.personal import PersonalData
from services.registry.snapshots.importing import ListFile, import_list
from services.registry.snapshots.kinds import ListKind
from shared.kernel.jobs import JobRun, Work
from shared.runtime import Runtime


def list_jobs(runtime: Runtime) -> Mapping[str, Work]:
    return {job_kind(kind): partial(_run, runtime, kind) for kind in ListKind}


def job_kind(kind: ListKind) -> str:
    return f"keep-{kind.value}"


def _run(runtime: Runtime, kind: ListKind, job: JobRun) -> None:
    name, list_on = job.params["name"], date.fromisoformat(job.params["list_on"])
    file = ListFile(kind=kind, list_on=list_on, source=job.params["source"], name=name, content=job.read_input())
    personal = PersonalData(runtime.ports.cipher, runtime.ports.blind_index)
    report = import_list(file, runtime.application, personal, job.caller, job.progress)
    job.finish(report.told(), *report.returned(name))
