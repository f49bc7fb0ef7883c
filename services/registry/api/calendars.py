"""The county's calendar over HTTP: load a file, and see what is in force."""

from datetime import date
from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.calendars.loading import LoadCalendar, check_whole_county, compared
from services.registry.calendars.rows import CALENDAR_LOADS, changes_of, load_key
from services.registry.handlers import COUNTY
from shared.calendar import (
    CalendarChanges,
    CalendarContent,
    SchoolCalendar,
    local_date,
    school_year_of,
    shipped_calendar,
)
from shared.calendar.files import CalendarFileMalformed, parse_calendar_file
from shared.calendar.terms import SchoolYear
from shared.http import Blueprint, FactSchema, RequestSchema, fact, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.schemas import OutcomeSchema
from shared.kernel.calendar_ledger import read_content
from shared.kernel.commands import Outcome
from shared.kernel.recomputing import steps_ahead
from shared.kernel.refusals import Kind, Refused

Body = dict[str, Any]
LONGEST_FILE = 100_000
RECOMPUTED = "已载入。一分钟后开始重新计算尚未送达、尚未办结的期限；已经送达的期限不变。"
SAME_DAYS = "放假、上课和上班的日子没有变动。"
UNCHANGED = "内容与现行校历相同，没有变动。"


class CalendarFileNotValid(Refused):
    code = "calendar-file-not-valid"
    kind = Kind.INVALID

    def __init__(self, fault: str) -> None:
        super().__init__(f"{fault}。", "the calendar file cannot be read", field="content")


class CalendarFileSchema(FactSchema):
    """A calendar file, as text, and the document that it comes from."""

    document = own.text(
        100, shortest=1, required=True, metadata={"description": "文号, as of the State Council's notice."}
    )
    content = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_FILE),
        metadata={"description": "TOML: `year` with `[[holiday]]` or `[[school_holiday]]`, and `[[term]]`."},
    )


class NamedDaysSchema(marshmallow.Schema):
    """Days that follow each other, and the holiday that they belong or belonged to."""

    name = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class ChangesSchema(marshmallow.Schema):
    """What a load changes. `removed`: days off on which there is school or work again."""

    added = fields.List(fields.Nested(NamedDaysSchema), required=True)
    removed = fields.List(fields.Nested(NamedDaysSchema), required=True)
    worked = fields.List(
        fields.Nested(NamedDaysSchema), required=True, metadata={"description": "Weekend days worked instead (调休)."}
    )


class CalendarOutcomeSchema(OutcomeSchema):
    message = fields.String(
        required=True, metadata={"description": "What changed, and what becomes of the due days, in Chinese."}
    )
    changes = fields.Nested(ChangesSchema, required=True)


class ContentSchema(RequestSchema):
    """A calendar file, as text."""

    content = fields.String(required=True, validate=validate.Length(1, LONGEST_FILE))


class ComparisonSchema(marshmallow.Schema):
    message = fields.String(required=True, metadata={"description": "What would change, in Chinese."})
    changes = fields.Nested(ChangesSchema, required=True)


class HolidaySchema(marshmallow.Schema):
    """Days off, first and last included, and the weekend days that are worked instead."""

    name = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    workdays = fields.List(fields.Date(), required=True)


class ArrangementSchema(marshmallow.Schema):
    year = fields.Integer(required=True)
    holidays = fields.List(fields.Nested(HolidaySchema), required=True)


class SchoolHolidaySchema(marshmallow.Schema):
    name = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class TermSchema(SchoolHolidaySchema):
    """A term of the last, the present or the next school year."""

    id = fields.String(required=True)


class CalendarSchema(marshmallow.Schema):
    """What is in force from last year on. `provisional_years`: of this and the next, those without a notice yet."""

    provisional_years = fields.List(fields.Integer(), required=True)
    recomputing = fields.Boolean(
        required=True, metadata={"description": "Whether this service's due days are still to be computed anew."}
    )
    arrangements = fields.List(fields.Nested(ArrangementSchema), required=True)
    school_holidays = fields.List(fields.Nested(SchoolHolidaySchema), required=True)
    terms = fields.List(fields.Nested(TermSchema), required=True)


def blueprint() -> Blueprint:
    blp = Blueprint("calendars", __name__, url_prefix="/api/v1/calendars", description="The county's calendar.")

    @blp.route("")
    class Calendars(MethodView):
        @blp.response(200, CalendarSchema)
        def get(self) -> Any:
            """The calendar in force."""
            runtime = current_runtime()
            today = local_date(runtime.ports.clock.now())
            return _told(runtime.ports.calendar(), today, recomputing=steps_ahead(runtime.store) > 0)

        @fact(blp, CalendarFileSchema, CalendarOutcomeSchema, _answer)
        def post(self, body: Body) -> Outcome:
            """Load a file. Each year and term in it replaces what was in force for it; due days follow.

            The answer names the days off that it adds and those that it removes.
            """
            outcome = send(LoadCalendar(document=body["document"], content=_read(body["content"])))
            current_runtime().ports.calendar.look_again()
            return outcome

    @blp.route("/comparisons")
    class Comparisons(MethodView):
        @blp.arguments(ContentSchema)
        @blp.response(200, ComparisonSchema)
        def post(self, body: Body) -> Any:
            """What loading a file would change. Nothing is loaded; what could not be loaded is refused here, too."""
            check_role(COUNTY, "compare a calendar")
            check_whole_county(current_caller().scope)
            runtime = current_runtime()
            loaded, today = _read(body["content"]), local_date(runtime.ports.clock.now())
            changes = compared(shipped_calendar(), read_content(runtime.store), loaded, today)
            return {"message": _told_of(changes), "changes": changes or CalendarChanges()}

    return blp


def _answer(outcome: Outcome) -> dict[str, Any]:
    """From the row of the load: a repeat is told what the first time was told."""
    if not outcome.events:
        return {"message": UNCHANGED, "changes": CalendarChanges()}
    rows = current_runtime().store.ledger_collection(CALENDAR_LOADS.name)
    changes = changes_of(rows.find_one({"_id": load_key(outcome.version)}) or {"days": {}})
    return {"message": RECOMPUTED + _told_of(changes), "changes": changes}


def _told_of(changes: CalendarChanges | None) -> str:
    return UNCHANGED if changes is None else "".join(changes.sentences()) or SAME_DAYS


def _read(text: str) -> CalendarContent:
    try:
        return parse_calendar_file(text)
    except CalendarFileMalformed as fault:
        raise CalendarFileNotValid(str(fault)) from fault


def _told(calendar: SchoolCalendar, today: date, *, recomputing: bool) -> dict[str, Any]:
    year, known = school_year_of(today).start, calendar.working.arrangements
    return {
        "provisional_years": [each for each in (today.year, today.year + 1) if each not in known],
        "recomputing": recomputing,
        "arrangements": [known[each] for each in sorted(known) if each >= today.year - 1],
        "school_holidays": [each for each in calendar.holidays if each.last_day.year >= today.year - 1],
        "terms": [term for near in (year - 1, year, year + 1) for term in calendar.terms.terms_of(SchoolYear(near))],
    }
