"""Long work over HTTP: begun with 202, looked after at its own address, its result taken away as a file."""

from collections.abc import Callable, Mapping
from functools import wraps
from io import BytesIO
from pathlib import PurePath
from typing import Any

import marshmallow
from flask import Response, url_for
from flask.views import MethodView
from marshmallow import fields, validate

from shared.http.blueprints import Blueprint
from shared.http.current import current_caller, current_runtime
from shared.http.downloads import download
from shared.http.idempotency import KEY_PARAMETER, command_id, fingerprint
from shared.http.ledgers import XLSX
from shared.kernel.jobs import DONE, FAILED, QUEUED, RUNNING, Job
from shared.kernel.refusals import CommandIdReused, RoleNotAllowed

View = Callable[..., Any]
_REQUEST = "request"
_PLAIN = "application/octet-stream"
_KINDS = {".xlsx": XLSX}
_FILE = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in (_PLAIN, *_KINDS.values())}


class JobErrorSchema(marshmallow.Schema):
    """Why a job failed."""

    code = fields.String()
    zh = fields.String()
    en = fields.String()


class JobSchema(marshmallow.Schema):
    """A job and how far it is."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([QUEUED, RUNNING, DONE, FAILED]))
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, metadata={"description": "0 until it is known."})
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    result = fields.Dict(keys=fields.String(), required=True)
    result_name = fields.String(required=True, metadata={"description": "The result file's name; empty: no file."})
    error = fields.Nested(JobErrorSchema, required=True)
    created_at = fields.DateTime(required=True)
    finished_at = fields.DateTime(required=True, allow_none=True)


def start_job(
    kind: str,
    params: Mapping[str, Any],
    roles: frozenset[str],
    upload: bytes | None = None,
    check: Callable[[], None] = lambda: None,
) -> Job:
    """Queue a job for the caller of this request; the same Idempotency-Key again gives the first job.

    `params` are JSON builtins. `check` looks, once the caller may ask at all, whether the work makes sense: what it
    raises is the answer, and nothing is kept. Raises RoleNotAllowed, or CommandIdReused when the key came with other
    content.
    """
    caller, runtime = current_caller(), current_runtime()
    if caller.role not in roles:
        raise RoleNotAllowed(caller.role, f"start {kind}")
    check()
    id_, asked = command_id(), fingerprint(upload)
    job = runtime.jobs.create(id_, kind, {**params, _REQUEST: asked}, caller, upload)
    stored = runtime.store.jobs.find_one({"_id": id_}, {"params": 1})
    if stored is not None and stored["params"].get(_REQUEST) != asked:
        raise CommandIdReused()
    return job


def starts_job(blp: Blueprint) -> Callable[[View], View]:
    """Make a view, which returns a Job, answer 202 with the job and where to look after it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> tuple[Job, dict[str, str]]:
            job: Job = view(*args, **kwargs)
            return job, {"Location": url_for("jobs.OneJob", id_=job.id)}

        location = {"description": "Where to look after the job.", "schema": {"type": "string"}}
        answered = blp.response(202, JobSchema, headers={"Location": location})(answer)
        return blp.headers(KEY_PARAMETER)(answered)

    return decorate


def jobs_blueprint() -> Blueprint:
    blp = Blueprint("jobs", __name__, url_prefix="/api/v1/jobs", description="Long work and its results.")

    @blp.route("/<id_>")
    class OneJob(MethodView):
        @blp.response(200, JobSchema)
        def get(self, id_: str) -> Job:
            """A job of the caller's own, or of somebody in the caller's scope."""
            return current_runtime().jobs.get(id_, current_caller())

    @blp.route("/<id_>/result")
    class Result(MethodView):
        @blp.doc(responses={200: {"description": "The file", "content": _FILE}})
        def get(self, id_: str) -> Response:
            """The file that the job made."""
            jobs, caller = current_runtime().jobs, current_caller()
            name = jobs.get(id_, caller).result_name
            content = BytesIO(jobs.result_file(id_, caller))
            suffix = PurePath(name).suffix
            return download(content, _KINDS.get(suffix, _PLAIN), name or "result", "result" + suffix)

    return blp
