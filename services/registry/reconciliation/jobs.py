"""A run of the reconciliation as a job."""

from collections.abc import Mapping
from functools import partial

from services.registry.personal import PersonalData
from services.registry.policy import AgePolicy
from services.registry.reconciliation.running import Parts, reconcile
from shared.kernel.jobs import JobRun, Work
from shared.runtime import Runtime

RECONCILE = "reconcile"


def reconciliation_jobs(runtime: Runtime, ages: AgePolicy) -> Mapping[str, Work]:
    return {RECONCILE: partial(_run, runtime, ages)}


def _run(runtime: Runtime, ages: AgePolicy, job: JobRun) -> None:
    parts = Parts(
        application=runtime.application,
        personal=PersonalData(runtime.ports.cipher, runtime.ports.blind_index),
        ages=ages,
        caller=job.caller,
        key=job.id,
    )
    job.finish(dict(reconcile(parts, job.progress)))
