"""What is asked of the rates over HTTP, and the shape of the answers."""

import marshmallow
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.movements.kinds import movements
from services.registry.rates.asked import UNKNOWN_LABELS, Basis, Grouping
from services.registry.rates.rates import Rate
from shared.http import RequestSchema

UNCONFIRMED = "unconfirmed"
PART_LABELS = {"numerator": "分子", "denominator": "分母", UNCONFIRMED: "疑似辍学超期未确认"}


class RateQuerySchema(RequestSchema):
    """Which rate, on which basis, of which day (none: today)."""

    rate = own.code_of(Rate, required=True, metadata={"description": "Which rate."})
    basis = own.code_of(Basis, required=True, metadata={"description": "By household or by registration."})
    by = fields.String(load_default="county", validate=validate.OneOf([each.value for each in Grouping]))
    as_of = fields.Date(load_default=None)
    division = own.division(load_default="")
    school = own.school_code(load_default="")


class RateListQuerySchema(RateQuerySchema):
    """The lines behind it."""

    part = fields.String(
        required=True,
        validate=validate.OneOf(list(PART_LABELS)),
        metadata={"description": "The children of which part of the fraction, or those suspected too long."},
    )


class ShareSchema(marshmallow.Schema):
    """n of N. `able`: without children who cannot study. All null where there is no figure."""

    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    share = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "n/N and the percentage, 100% only when n = N; a cohort's is capped and says so."},
    )
    numerator_able = fields.Integer(required=True, allow_none=True)
    denominator_able = fields.Integer(required=True, allow_none=True)
    share_able = fields.String(required=True, allow_none=True)


class HeadingSchema(marshmallow.Schema):
    """A heading of the yearly count of changes: how many counted under it."""

    code = fields.String(required=True, metadata={"enum": list(movements().buckets)})
    label = fields.String(required=True)
    count = fields.Integer(required=True)


class RateSchema(ShareSchema):
    """One school, township, inspection district or county."""

    group = fields.String(required=True)
    name = fields.String(required=True)
    no_figure = fields.String(
        allow_none=True, required=True, metadata={"enum": [*UNKNOWN_LABELS, None], "description": "Why no figure."}
    )
    no_figure_label = fields.String(required=True, allow_none=True)
    unconfirmed = fields.Integer(
        required=True,
        metadata={
            "description": "Suspected for so long that a dropout could be confirmed, and not confirmed: no figure of "
            "dropouts is read without it."
        },
    )
    headings = fields.List(fields.Nested(HeadingSchema), metadata={"description": "Of the net flow alone."})
    confirmed_dropout = fields.Nested(
        ShareSchema, metadata={"description": "Beside the net flow alone: the group's rate of confirmed dropouts."}
    )


class RatesSchema(marshmallow.Schema):
    rate = fields.String(required=True)
    label = fields.String(required=True)
    as_of = fields.String(required=True)
    groups = fields.List(fields.Nested(RateSchema), required=True)
    schools_without_start = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "Schools without the frozen roster from which the rate starts (of the year's first term, "
            "or of the cohort's first grade): nobody of them counts."
        },
    )
