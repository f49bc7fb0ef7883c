"""Imports: a county's Excel lists, as jobs."""

from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest.fields import Upload
from marshmallow import fields

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


class ClaimSchema(RequestSchema):
    """What is claimed of the workbook."""

    complete = fields.Boolean(
        load_default=False,
        metadata={
            "description": "Of an attendance sheet: it names everybody who was not there, of each class that it names "
            "on each day that it names. The claim is stored. Without it, and without a headcount that adds up, nobody "
            "is taken to have been present."
        },
    )


def blueprint() -> Blueprint:
    blp = Blueprint("imports", __name__, url_prefix="/api/v1/imports", description="Excel lists of the county.")

    @blp.route("/<kind>", parameters=[one_of("kind", KINDS)])
    class Imports(MethodView):
        @blp.arguments(UploadSchema, location="files")
        @blp.arguments(ClaimSchema, location="query")
        @starts_job(blp)
        def post(self, files: dict[str, Any], claim: dict[str, Any], kind: str) -> Job:
            """Import divisions, schools, rosters, households, attendance, accounts, groups, guardians,
            receipts of corrections, graduates or primary leavers.

            What is no workbook, or not a list of this kind, is refused at once. The job looks at the rows; its result
            file holds those that were refused, and of an attendance sheet the pupils who were taken to be present
            though nobody said so, and the classes and days of which that was left open.
            """
            if kind not in KINDS:
                raise NotFound(f"import kind {kind}")
            file = files["file"]
            name, content = file.filename or "", file.read()
            upload = File(kind=kind, name=name, content=content)
            today = local_date(current_runtime().ports.clock.now())
            asked = {"name": name, "complete": claim["complete"]}
            return start_job(job_kind(kind), asked, ROLES[kind], content, partial(check_file, upload, today))

    return blp
