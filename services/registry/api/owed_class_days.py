"""Which classes have not handed in their attendance, and whose spells of absence rest on such days."""

from datetime import date, timedelta
from typing import Any

import marshmallow
from flask import Response
from flask.views import MethodView
from marshmallow import fields

from services.registry.api import fields as own
from services.registry.class_days.owing import COLUMNS, TITLE, Asked, OwedClass, as_row, owed_classes
from services.roles import KNOW_CHILDREN
from shared.calendar import local_date
from shared.http import Blueprint, RequestSchema
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.ledgers import XLSX, workbook_of_rows
from shared.kernel.refusals import Kind, Refused

LONGEST = 31
USUAL = 7


class TooManyDays(Refused):
    code = "too-many-days"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            f"一次最多查{LONGEST}天，请缩小起止日期的范围。", f"at most {LONGEST} days at a time", field="from"
        )


class OwedQuerySchema(RequestSchema):
    """Of which days, and where. Unless told otherwise: the seven days before today, everywhere in scope."""

    first = fields.Date(data_key="from", load_default=None)
    last = fields.Date(data_key="to", load_default=None)
    division = own.division(load_default="")
    school = own.school_code(load_default="")

    @marshmallow.validates_schema
    def check_span(self, query: dict[str, Any], **_: Any) -> None:
        first, last = query["first"], query["last"]
        if first and last and last < first:
            raise marshmallow.ValidationError({"to": ["截止日期不能早于开始日期。"]})


class OpenSpellSchema(marshmallow.Schema):
    """A pupil absent without excuse; `owed` days since neither lengthen the spell nor end it."""

    child_id = fields.String(required=True)
    name = fields.String(required=True)
    absent_since = fields.Date(required=True)
    owed = fields.List(fields.Date(), required=True)


class OwedClassSchema(marshmallow.Schema):
    """A class and the school days of which neither a headcount nor a sheet was handed in."""

    school = fields.String(required=True)
    school_name = fields.String(required=True)
    grade = fields.Integer(required=True)
    class_no = fields.Integer(required=True)
    pupils = fields.Integer(required=True)
    days = fields.List(fields.Date(), required=True)
    spells = fields.List(fields.Nested(OpenSpellSchema), required=True)


class OwedClassesSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(OwedClassSchema), required=True)


def blueprint() -> Blueprint:
    blp = Blueprint(
        "owed-class-days", __name__, url_prefix="/api/v1/owed-class-days", description="Attendance not handed in."
    )

    @blp.route("")
    class OwedClassDays(MethodView):
        @blp.arguments(OwedQuerySchema, location="query")
        @blp.response(200, OwedClassesSchema)
        def get(self, query: dict[str, Any]) -> Any:
            """The classes that owe the attendance of a school day that is over, until somebody hands it in."""
            return {"items": [_told(each) for each in _owed(query)]}

    @blp.route("/list.xlsx")
    class OwedList(MethodView):
        @blp.arguments(OwedQuerySchema, location="query")
        @blp.response(200, {"type": "string", "format": "binary"}, content_type=XLSX, description="A workbook")
        def get(self, query: dict[str, Any]) -> Response:
            """The same as a workbook, a line for each class."""
            return workbook_of_rows(TITLE, "owed-class-days", COLUMNS, map(as_row, _owed(query)))

    return blp


def _owed(query: dict[str, Any]) -> list[OwedClass]:
    check_role(KNOW_CHILDREN, "read which classes owe their attendance")
    runtime = current_runtime()
    first, last = _days(query, local_date(runtime.ports.clock.now()) - timedelta(days=1))
    asked = Asked(first=first, last=last, division=query["division"], school=query["school"])
    return list(owed_classes(runtime.store, current_caller(), runtime.ports.calendar(), asked))


def _days(query: dict[str, Any], yesterday: date) -> tuple[date, date]:
    """The days asked for that are over. Raises TooManyDays."""
    last = min(query["last"] or yesterday, yesterday)
    first = query["first"] or last - timedelta(days=USUAL - 1)
    if (last - first).days >= LONGEST:
        raise TooManyDays()
    return first, last


def _told(owed: OwedClass) -> dict[str, Any]:
    school, grade, class_no = owed.of_class
    place = {"school": school, "school_name": owed.school_name, "grade": grade, "class_no": class_no}
    return place | {"pupils": owed.pupils, "days": owed.days, "spells": owed.spells}
