"""Imports: a county's Excel lists, as jobs."""

from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest.fields import Upload

from services.registry.handlers import COUNTY, FINANCE, SCHOOL_OFFICE, TEACHERS, TOWNSHIP
from services.registry.imports.importing import check_file
from services.registry.imports.jobs import job_kind
from services.registry.imports.kinds import KINDS
from services.registry.imports.report import File
from shared.calendar import local_date
from shared.http import Blueprint, RequestSchema, one_of
from shared.http.current import current_runtime
from shared.http.jobs import start_job, starts_job
from shared.kernel.jobs import Job
from shared.kernel.refusals import NotFound

ROLES = {
    "divisions": COUNTY,
    "schools": COUNTY,
    "rosters": SCHOOL_OFFICE,
    "households": TOWNSHIP,
    "attendance": TEACHERS,
    "accounts": FINANCE,
    "groups": TEACHERS | TOWNSHIP,
    "guardians": TEACHERS | TOWNSHIP,
    "correction-receipts": TOWNSHIP,
    "graduates": SCHOOL_OFFICE,
    "primary-leavers": SCHOOL_OFFICE,
}


class UploadSchema(RequestSchema):
    """One workbook."""

    file = Upload(required=True, metadata={"description": "An .xlsx or .xls workbook."})


def blueprint() -> Blueprint:
    blp = Blueprint("imports", __name__, url_prefix="/api/v1/imports", description="Excel lists of the county.")

    @blp.route("/<kind>", parameters=[one_of("kind", KINDS)])
    class Imports(MethodView):
        @blp.arguments(UploadSchema, location="files")
        @starts_job(blp)
        def post(self, files: dict[str, Any], kind: str) -> Job:
            """Import divisions, schools, rosters, households, attendance, accounts, groups, guardians,
            receipts of corrections, graduates or primary leavers.

            What is no workbook, or not a list of this kind, is refused at once. The job looks at the rows; its result
            file holds those that were refused.
            """
            if kind not in KINDS:
                raise NotFound(f"import kind {kind}")
            file = files["file"]
            name, content = file.filename or "", file.read()
            upload = File(kind=kind, name=name, content=content)
            today = local_date(current_runtime().ports.clock.now())
            return start_job(job_kind(kind), {"name": name}, ROLES[kind], content, partial(check_file, upload, today))

    return blp
