"""Imports as jobs: uploaded, taken up by any worker, their refused rows handed back as a workbook."""

from collections.abc import Mapping
from functools import partial

from services.registry.imports.attempts import Attempt
from services.registry.imports.importing import import_file
from services.registry.imports.kinds import KINDS
from services.registry.imports.report import File
from services.registry.personal import PersonalData
from shared.kernel.jobs import JobRun, Work
from shared.runtime import Runtime


def import_jobs(runtime: Runtime) -> Mapping[str, Work]:
    return {job_kind(kind): partial(_run, runtime, kind) for kind in KINDS}


def job_kind(kind: str) -> str:
    return f"import-{kind}"


def _run(runtime: Runtime, kind: str, job: JobRun) -> None:
    name = job.params["name"]
    file = File(kind=kind, name=name, content=job.read_input(), complete=job.params.get("complete", False))
    personal = PersonalData(runtime.ports.cipher, runtime.ports.blind_index)
    attempt = Attempt(job=job.id, again=job.again)
    report = import_file(file, runtime.application, personal, job.caller, job.progress, attempt)
    job.finish(report.told(), *report.returned(name))
