"""The county's rates, with the children behind them."""

from typing import Any

import marshmallow
from flask import Response
from flask.views import MethodView
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.ledgers.views import VIEWS
from services.registry.rates.rates import RATE_LABELS, Rate, Tally
from services.registry.rates.reading import Asked, Basis, Grouping, RateReader
from services.roles import KNOW_WHY
from shared.calendar import local_date, read_terms
from shared.http import Blueprint, RequestSchema
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.ledgers import XLSX, workbook_of_rows
from shared.http.past import rows_as_of
from shared.shares import share

COLUMNS = next(view.columns for view in VIEWS if view.name == "school-age-children")
PART_LABELS = {"numerator": "分子", "denominator": "分母"}
BASIS_LABELS = {Basis.HOUSEHOLD: "户籍口径", Basis.REGISTRATION: "学籍口径"}


class RateQuerySchema(RequestSchema):
    """Which rate, on which basis, of which day (none: today)."""

    rate = own.code_of(Rate, required=True)
    basis = own.code_of(Basis, required=True)
    by = fields.String(load_default="county", validate=validate.OneOf([each.value for each in Grouping]))
    as_of = fields.Date(load_default=None)
    division = own.division(load_default="")
    school = own.school_code(load_default="")


class RateListQuerySchema(RateQuerySchema):
    """The children behind it."""

    part = fields.String(required=True, validate=validate.OneOf(list(PART_LABELS)))


class RateSchema(marshmallow.Schema):
    """One school, township, inspection district or county. `able`: without children who cannot study."""

    group = fields.String(required=True)
    name = fields.String(required=True)
    numerator = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    share = fields.String(required=True, metadata={"description": "n/N and the percentage, 100% only when n = N."})
    numerator_able = fields.Integer(required=True)
    denominator_able = fields.Integer(required=True)
    share_able = fields.String(required=True)


class RatesSchema(marshmallow.Schema):
    rate = fields.String(required=True)
    label = fields.String(required=True)
    as_of = fields.String(required=True)
    groups = fields.List(fields.Nested(RateSchema), required=True)
    schools_without_start = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Schools without a frozen roster of the year's first term: nobody of them counts."},
    )


def blueprint() -> Blueprint:
    blp = Blueprint("rates", __name__, url_prefix="/api/v1/rates", description="Rates, never without their lists.")

    @blp.route("")
    class Rates(MethodView):
        @blp.arguments(RateQuerySchema, location="query")
        @blp.response(200, RatesSchema)
        def get(self, query: dict[str, Any]) -> dict[str, Any]:
            """Enrolment, dropout or consolidation rate by school, township, inspection district or county."""
            asked, reader = _asked(query)
            found = reader.figures(asked)
            groups = [_told(group, found.names.get(group, ""), tally) for group, tally in found.groups.items()]
            told = {"rate": asked.rate.value, "label": RATE_LABELS[asked.rate], "as_of": asked.day.isoformat()}
            return told | {"groups": groups, "schools_without_start": found.without_start}

    @blp.route("/list.xlsx")
    class RateList(MethodView):
        @blp.arguments(RateListQuerySchema, location="query")
        @blp.response(200, {"type": "string", "format": "binary"}, content_type=XLSX, description="A workbook")
        def get(self, query: dict[str, Any]) -> Response:
            """The children of the numerator or the denominator."""
            check_role(KNOW_WHY, "read the children behind a rate")
            part = query.pop("part")
            asked, reader = _asked(query)
            rows = reader.members(asked, numerator=part == "numerator")
            title = f"{RATE_LABELS[asked.rate]}{PART_LABELS[part]}名单（{BASIS_LABELS[asked.basis]}）"
            return workbook_of_rows(title, f"{asked.rate.value.lower()}-{part}", COLUMNS, rows)

    return blp


def _asked(query: dict[str, Any]) -> tuple[Asked, RateReader]:
    runtime = current_runtime()
    day = query["as_of"] or local_date(runtime.ports.clock.now())
    reader = RateReader(runtime.store, current_caller(), read_terms(), rows_as_of(runtime, query["as_of"]))
    asked = Asked(
        rate=Rate(query["rate"]),
        basis=Basis(query["basis"]),
        day=day,
        by=Grouping(query["by"]),
        division=query["division"],
        school=query["school"],
    )
    return asked, reader


def _told(group: str, name: str, tally: Tally) -> dict[str, Any]:
    return {
        "group": group,
        "name": name,
        "numerator": tally.part,
        "denominator": tally.whole,
        "share": share(tally.part, tally.whole),
        "numerator_able": tally.part_able,
        "denominator_able": tally.whole_able,
        "share_able": share(tally.part_able, tally.whole_able),
    }
