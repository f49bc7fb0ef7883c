"""Marshmallow schemas that every service's API shares."""

from datetime import date
from typing import Any

import marshmallow
from marshmallow import fields

from shared.http.messages import speak_chinese

EARLIEST = date(1900, 1, 1)
"""No day that anybody tells lies before; workbooks and clocks cannot tell much earlier ones."""


def check_day(day: date) -> None:
    """Raises ValidationError for a year that is a slip of the keys."""
    if day < EARLIEST:
        raise marshmallow.ValidationError("日期早于1900年，请核对年份。")


class RequestSchema(marshmallow.Schema):
    """What a caller sends. Unknown fields are refused, days lie in our time, sentences are Chinese."""

    class Meta:
        unknown = marshmallow.RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        speak_chinese(field_obj)
        if isinstance(field_obj, fields.Date):
            field_obj.validators = [*field_obj.validators, check_day]
        super().on_bind_field(field_name, field_obj)


class FactSchema(RequestSchema):
    """The fields of one fact."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        if isinstance(field_obj, fields.Integer):
            field_obj.strict = True  # else 9.7 would silently become 9
        super().on_bind_field(field_name, field_obj)


class WarningSchema(marshmallow.Schema):
    """What was done all the same, and should be looked at again."""

    code = fields.String(required=True, metadata={"description": "Stable: programs decide by it."})
    field = fields.String(required=True, metadata={"description": "The request's field; empty for the whole body."})
    message = fields.String(required=True, metadata={"description": "What is doubtful, in Chinese, for the user."})


class OutcomeSchema(marshmallow.Schema):
    """What came of a posted fact."""

    events = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Ids of the events recorded; empty when nothing had to change."},
    )
    stream = fields.String(required=True, metadata={"description": "The stream that the fact belongs to."})
    version = fields.Integer(required=True, metadata={"description": "The stream's version now."})
    repeated = fields.Boolean(
        required=True, metadata={"description": "Whether this request was answered before, and this is that answer."}
    )
    warnings = fields.List(
        fields.Nested(WarningSchema),
        metadata={"description": "What should be looked at again; left out where there is nothing."},
    )


class FieldFaultSchema(marshmallow.Schema):
    """One field that does not hold what it should."""

    field = fields.String(required=True, metadata={"description": "Path of the field; empty for the whole body."})
    message = fields.String(required=True, metadata={"description": "What is wrong, in Chinese."})


class ProblemSchema(marshmallow.Schema):
    """A problem as RFC 9457 tells it, in two languages, under a stable code."""

    type = fields.String(required=True, metadata={"description": "`urn:nol:problem:` and the code."})
    title = fields.String(required=True, metadata={"description": "The status in words."})
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable: programs decide by it."})
    detail = fields.String(required=True, metadata={"description": "What happened, in Chinese, for the user."})
    detail_en = fields.String(required=True, metadata={"description": "The same in English, for developers."})
    field = fields.String(allow_none=True, metadata={"description": "The field or header at fault, if it is one."})
    errors = fields.List(fields.Nested(FieldFaultSchema), metadata={"description": "Every field at fault."})
    stream = fields.String(metadata={"description": "Of a version conflict: the stream that has changed."})
    expected = fields.Integer(metadata={"description": "Of a version conflict: the version that If-Match named."})
    actual = fields.Integer(metadata={"description": "Of a version conflict: the stream's version now."})
    instance = fields.String(metadata={"description": "The request's id, as in the service's log."})
