"""The rosters of a school's terms over HTTP: freeze, count, sign off."""

from typing import Any

import marshmallow
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.children.ids import SchoolCode
from services.registry.class_days.counting import CountClassDays, DayCount
from services.registry.rosters.decisions import EXTRA, MISSING, CountClass, SignOffHeadcount, TakeRosterSnapshot
from services.registry.rosters.events import Difference
from shared.calendar.terms import parse_term_id
from shared.http import Blueprint, FactSchema, RequestSchema, fact, send
from shared.http.refusals import FieldFault, FieldsNotValid
from shared.kernel.commands import Outcome

Body = dict[str, Any]
MOST_PUPILS = 300


class DifferenceSchema(RequestSchema):
    """A pupil registered and not there (`MISSING`, by id), or there and not registered (`EXTRA`, by id or name)."""

    kind = fields.String(required=True, validate=validate.OneOf([MISSING, EXTRA]))
    child_id = own.text(40, load_default=None)
    name = own.person_name_or_blank(load_default="")
    explanation = own.sentence(200, shortest=1, required=True)

    @marshmallow.validates_schema
    def check_who(self, body: Body, **_: Any) -> None:
        if body["kind"] == MISSING and not body.get("child_id"):
            raise marshmallow.ValidationError({"child_id": ["在籍不在校的学生须写明是哪一名。"]})
        if not body.get("child_id") and not body.get("name"):
            raise marshmallow.ValidationError({"name": ["请写明学生姓名。"]})


class ClassCountSchema(FactSchema):
    """How many pupils are really there, and, pupil by pupil, why that is not the number of registered ones."""

    grade = fields.Integer(required=True, validate=validate.Range(1, 9))
    class_no = fields.Integer(required=True, validate=validate.Range(1, 99))
    actual = fields.Integer(required=True, validate=validate.Range(0, MOST_PUPILS))
    counted_on = fields.Date(required=True)
    differences = fields.List(
        fields.Nested(DifferenceSchema), load_default=[], validate=validate.Length(0, MOST_PUPILS)
    )


class ClassDaySchema(FactSchema):
    """一日常规检查: how many of a class should have come on a day, came, were excused, and were not."""

    grade = fields.Integer(required=True, validate=validate.Range(1, 9))
    class_no = fields.Integer(required=True, validate=validate.Range(1, 99))
    day = fields.Date(required=True)
    expected = fields.Integer(required=True, validate=validate.Range(0, MOST_PUPILS))
    present = fields.Integer(required=True, validate=validate.Range(0, MOST_PUPILS))
    absent = fields.Integer(load_default=0, validate=validate.Range(0, MOST_PUPILS))
    on_leave = fields.Integer(load_default=0, validate=validate.Range(0, MOST_PUPILS))


class SignOffSchema(FactSchema):
    """The principal signs."""

    signed_off_on = fields.Date(required=True)


def add_roster_facts(blp: Blueprint) -> None:
    @blp.route("/<school_code>/terms/<term>/roster-snapshots")
    class RosterSnapshots(MethodView):
        @fact(blp, FactSchema)
        def post(self, _: Body, school_code: SchoolCode, term: str) -> Outcome:
            """Freeze the roster of a term before it freezes by itself. Once a term."""
            return send(TakeRosterSnapshot(school_code=school_code, term=_term(term)))

    @blp.route("/<school_code>/terms/<term>/class-counts")
    class ClassCounts(MethodView):
        @fact(blp, ClassCountSchema)
        def post(self, body: Body, school_code: SchoolCode, term: str) -> Outcome:
            """Count a class: actual against registered."""
            differences = tuple(Difference(**each) for each in body.pop("differences"))
            return send(CountClass(school_code=school_code, term=_term(term), differences=differences, **body))

    @blp.route("/<school_code>/terms/<term>/headcount-sign-offs")
    class HeadcountSignOffs(MethodView):
        @fact(blp, SignOffSchema)
        def post(self, body: Body, school_code: SchoolCode, term: str) -> Outcome:
            """Sign the headcount off. A pupil who comes or leaves afterwards opens it again the next night."""
            return send(SignOffHeadcount(school_code=school_code, term=_term(term), **body))


def add_class_days(blp: Blueprint) -> None:
    @blp.route("/<school_code>/class-days")
    class ClassDays(MethodView):
        @fact(blp, ClassDaySchema)
        def post(self, body: Body, school_code: SchoolCode) -> Outcome:
            """Count a class on a day. Who is missing, and why, is told of each child by itself."""
            class_ = {name: body.pop(name) for name in ("grade", "class_no")}
            return send(CountClassDays(school_code=school_code, days=(DayCount(**body),), **class_))


def _term(term: str) -> str:
    """Raises FieldsNotValid for what is no term id."""
    try:
        parse_term_id(term)
    except ValueError as error:
        raise FieldsNotValid([FieldFault("term", "学期编号应写成 2026-autumn 的样子。")]) from error
    return term
