"""Long work: stored jobs that any worker takes up, with progress, a result, and a lease that a dead worker loses.

A job may run twice when its worker dies: what it does must be harmless to repeat (command ids derived from the input).
"""

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from bson import ObjectId
from gridfs import GridFSBucket, NoFile
from pymongo import ASCENDING, ReturnDocument
from pymongo.errors import PyMongoError

from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import Clock
from shared.kernel.parking import describe
from shared.kernel.raced import is_passing
from shared.kernel.refusals import CommandIdReused, NotFound, Refused
from shared.kernel.store import Document, Store

log = structlog.get_logger()
LEASE = timedelta(seconds=30)
KEPT = timedelta(days=30)
"""How long an ended job and its result file can be fetched."""
FORGOTTEN_AT_ONCE = 100
MAX_ATTEMPTS = 5
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as its owner sees it. `counts` are the work's own words (rows read, registered, refused …)."""

    id: str
    kind: str
    state: str
    done: int
    total: int
    counts: Mapping[str, int]
    result: Mapping[str, Any]
    result_name: str
    error: Mapping[str, str]
    created_at: datetime
    finished_at: datetime | None


class JobRun:
    """What a running job works with."""

    def __init__(self, jobs: "Jobs", document: Document) -> None:
        self._jobs = jobs
        self._document = document
        self.id: str = document["_id"]
        self.params: Mapping[str, Any] = document["params"]
        self.caller = _caller(document["owner"])
        self.again: bool = document["attempts"] > 1
        """Whether it was begun before: what is found done may be this job's own work."""

    def read_input(self) -> bytes:
        """The uploaded file."""
        return self._jobs.read_file(self._document["input"])

    def progress(self, done: int, total: int, counts: Mapping[str, int]) -> None:
        """Tell how far the work is; keeps the lease too. Raises LeaseLost when another worker has taken over."""
        self._jobs.note_progress(self._document, done, total, counts)

    def finish(self, result: Mapping[str, Any], file: bytes | None = None, filename: str = "") -> None:
        """End well, with counts and an optional file for the owner."""
        self._jobs.finish(self._document, result, file, filename)


class LeaseLost(RuntimeError):
    """Another worker has taken the job over: stop at once."""


Work = Callable[[JobRun], None]


class Jobs:
    """The jobs of one service. Uploaded and result files lie in GridFS, sealed by `seal` and opened by `open_`."""

    def __init__(
        self, store: Store, clock: Clock, seal: Callable[[bytes], bytes], open_: Callable[[bytes], bytes]
    ) -> None:
        self._jobs = store.jobs
        self._files = GridFSBucket(store.database, bucket_name="job_files")
        self._clock = clock
        self._seal = seal
        self._open = open_

    def create(
        self, id_: str, kind: str, params: Mapping[str, Any], caller: Caller, upload: bytes | None = None
    ) -> Job:
        """Queue a job under an id drawn by the caller's edge; the same id again gives the first job.

        Raises CommandIdReused when that one is not the caller's to see.
        """
        existing = self._jobs.find_one({"_id": id_})
        if existing is not None:
            if not _may_see(caller, existing["owner"]):
                raise CommandIdReused()
            return _job(existing)
        now = self._clock.now()
        document: Document = {
            "_id": id_,
            "kind": kind,
            "params": dict(params),
            "owner": {
                "subject": caller.subject,
                "role": caller.role,
                "name": caller.name,
                "division": caller.scope.division,
                "school": caller.scope.school,
            },
            "input": self._keep(upload, id_) if upload is not None else None,
            "state": QUEUED,
            "done": 0,
            "total": 0,
            "counts": {},
            "result": {},
            "result_file": None,
            "result_name": "",
            "error": {},
            "attempts": 0,
            "lease": "",
            "lease_until": now,
            "created_at": now,
            "finished_at": None,
        }
        self._jobs.insert_one(document)
        return _job(document)

    def get(self, id_: str, caller: Caller) -> Job:
        """Raises NotFound unless the caller's scope covers the job's; of a school's job, unless it is their own."""
        return _job(self._visible(id_, caller))

    def result_file(self, id_: str, caller: Caller) -> bytes:
        document = self._visible(id_, caller)
        if document["result_file"] is None:
            raise NotFound(f"result of job {id_}")
        return self.read_file(document["result_file"])

    def run_next(self, kinds: Mapping[str, Work]) -> bool:
        """Take up one waiting job, or one whose worker died; False when there is none."""
        document = self._claim(list(kinds))
        if document is None:
            return False
        try:
            self._run(kinds[document["kind"]], document)
        except LeaseLost:
            log.warning("job taken over", job=document["_id"])
        return True

    def forget_old(self) -> int:
        """Forget jobs that ended more than 30 days ago, files first; how many."""
        ended_before = {"finished_at": {"$lt": self._clock.now() - KEPT}}
        old = list(self._jobs.find(ended_before, {"result_file": 1, "input": 1}, limit=FORGOTTEN_AT_ONCE))
        for document in old:
            self._forget_file(document["result_file"])
            self._forget_file(document["input"])
            self._jobs.delete_one({"_id": document["_id"]})
        return len(old)

    # -- used by JobRun

    def read_file(self, id_: Any) -> bytes:
        return self._open(self._files.open_download_stream(id_).read())

    def note_progress(self, document: Document, done: int, total: int, counts: Mapping[str, int]) -> None:
        now = self._clock.now()
        fields = {"done": done, "total": total, "counts": dict(counts), "lease_until": now + LEASE}
        self._set(document, fields)

    def finish(self, document: Document, result: Mapping[str, Any], file: bytes | None, filename: str) -> None:
        kept = self._keep(file, filename) if file is not None else None
        fields = {"state": DONE, "result": dict(result), "result_file": kept, "result_name": filename}
        try:
            self._end(document, fields)
        except LeaseLost:
            if kept is not None:
                self._files.delete(kept)  # the job's result is another worker's
            raise

    # -- inside

    def _keep(self, content: bytes, name: str) -> ObjectId:
        return self._files.upload_from_stream(name or "file", self._seal(content))

    def _visible(self, id_: str, caller: Caller) -> Document:
        document = self._jobs.find_one({"_id": id_})
        if document is None or not _may_see(caller, document["owner"]):
            raise NotFound(f"job {id_}")
        return document

    def _claim(self, kinds: list[str]) -> Document | None:
        now = self._clock.now()
        free = {"kind": {"$in": kinds}, "state": {"$in": [QUEUED, RUNNING]}, "lease_until": {"$lte": now}}
        taken = {
            "$set": {"state": RUNNING, "lease": secrets.token_hex(8), "lease_until": now + LEASE},
            "$inc": {"attempts": 1},
        }
        return self._jobs.find_one_and_update(
            free, taken, sort=[("created_at", ASCENDING)], return_document=ReturnDocument.AFTER
        )

    def _run(self, work: Work, document: Document) -> None:
        try:
            work(JobRun(self, document))
        except LeaseLost:
            raise
        except Refused as refusal:
            error = {"code": refusal.code, "zh": refusal.zh, "en": refusal.en}
            self._end(document, {"state": FAILED, "error": error})
        except Exception as error:  # noqa: BLE001  the job says how it failed; the worker goes on
            self._after_failure(document, error)

    def _after_failure(self, document: Document, error: Exception) -> None:
        log.warning("job failed", job=document["_id"], kind=document["kind"], error=describe(error))
        if document["attempts"] < MAX_ATTEMPTS and is_passing(error):
            retry = {"state": QUEUED, "lease": "", "lease_until": self._clock.now() + LEASE}
            self._set(document, retry)
            return
        said = {"code": "job-failed", "zh": "处理中断，请联系管理员。", "en": describe(error)}
        self._end(document, {"state": FAILED, "error": said})

    def _end(self, document: Document, fields: Document) -> None:
        self._set(document, fields | {"finished_at": self._clock.now()})
        with suppress(PyMongoError):  # the job has ended all the same; what is left goes when the job is forgotten
            self._forget_file(document["input"])

    def _forget_file(self, id_: Any) -> None:
        if id_ is not None:
            with suppress(NoFile):  # whoever died between the file and its job
                self._files.delete(id_)

    def _set(self, document: Document, fields: Document) -> None:
        """Write into a job that this worker is at. Raises LeaseLost when it is another's, or has ended."""
        held = {"_id": document["_id"], "lease": document["lease"], "state": RUNNING}
        if self._jobs.update_one(held, {"$set": fields}).matched_count == 0:
            raise LeaseLost(document["_id"])


def _may_see(caller: Caller, owner: Mapping[str, str]) -> bool:
    """A job is its owner's in the scope and role in which it was begun, and those's whose division covers that."""
    begun = Scope(owner["division"], owner["school"])
    if caller.subject == owner["subject"] and caller.role == owner["role"]:
        return begun.within(caller.scope)
    return not caller.scope.school and begun.within(caller.scope)


def _caller(owner: Mapping[str, str]) -> Caller:
    scope = Scope(owner["division"], owner["school"])
    return Caller(subject=owner["subject"], role=owner["role"], scope=scope, name=owner["name"])


def _job(document: Document) -> Job:
    return Job(
        id=document["_id"],
        kind=document["kind"],
        state=document["state"],
        done=document["done"],
        total=document["total"],
        counts=document["counts"],
        result=document["result"],
        result_name=document["result_name"],
        error=document["error"],
        created_at=document["created_at"],
        finished_at=document["finished_at"],
    )
