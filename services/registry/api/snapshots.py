"""Lists from outside the registry, kept as they were on a day."""

from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest.fields import Upload
from marshmallow import fields

from services.registry.api import fields as own
from services.registry.handlers import COUNTY, SCHOOL_OFFICE, TOWNSHIP
from services.registry.snapshots.importing import ListFile, check_list
from services.registry.snapshots.jobs import job_kind
from services.registry.snapshots.kinds import ListKind
from shared.calendar import local_date
from shared.http import Blueprint, RequestSchema, one_of
from shared.http.current import current_runtime
from shared.http.jobs import start_job, starts_job
from shared.kernel.jobs import Job
from shared.kernel.refusals import DateInFuture, NotFound

ROLES = {
    ListKind.POPULATION: TOWNSHIP,
    ListKind.REGISTRATIONS: SCHOOL_OFFICE,
    ListKind.LAST_ROSTERS: SCHOOL_OFFICE,
    ListKind.POVERTY: TOWNSHIP,
    ListKind.DISABILITY: TOWNSHIP,
    ListKind.DEATHS: TOWNSHIP,
    ListKind.MIGRATION: TOWNSHIP,
}
ANYBODY_HERE = COUNTY.union(*ROLES.values())


class ListUploadSchema(RequestSchema):
    """One workbook."""

    file = Upload(required=True, metadata={"description": "An .xlsx or .xls workbook."})


class ListQuerySchema(RequestSchema):
    """The day that the list speaks of, and who made it."""

    list_on = fields.Date(required=True, metadata={"description": "The day that the list speaks of."})
    source = own.text(100, load_default="", metadata={"description": "Who made it."})


def blueprint() -> Blueprint:
    blp = Blueprint(
        "lists", __name__, url_prefix="/api/v1/lists", description="Lists from outside, kept to be compared with."
    )

    @blp.route("/<kind>", parameters=[one_of("kind", ListKind)])
    class Lists(MethodView):
        @blp.arguments(ListQuerySchema, location="query")
        @blp.arguments(ListUploadSchema, location="files")
        @starts_job(blp)
        def post(self, query: dict[str, Any], files: dict[str, Any], kind: str) -> Job:
            """Keep a list: population, registrations, last-rosters, poverty, disability, deaths or migration.

            It speaks for the caller's division or school. The job counts what is new, gone and changed against the
            list before; its result file holds the rows that were refused. The same file again changes nothing.
            """
            if kind not in set(ListKind):
                raise NotFound(f"list kind {kind}")
            today = local_date(current_runtime().ports.clock.now())
            file = _file(ListKind(kind), query, files["file"])
            params = {"name": file.name, "list_on": file.list_on.isoformat(), "source": file.source}
            check = partial(_check, file, today)
            return start_job(job_kind(file.kind), params, ROLES[file.kind], file.content, check)

    return blp


def _file(kind: ListKind, query: dict[str, Any], upload: Any) -> ListFile:
    return ListFile(
        kind=kind,
        list_on=query["list_on"],
        source=query["source"],
        name=upload.filename or "",
        content=upload.read(),
    )


def _check(file: ListFile, today: Any) -> None:
    if file.list_on > today:
        raise DateInFuture("list_on")
    check_list(file, today)
