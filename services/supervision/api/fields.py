"""Fields that several schemas of this API share."""

from enum import StrEnum

from marshmallow import fields, validate

from shared.http.patterns import NOT_BLANK


def text(description: str, longest: int = 200, *, required: bool = True) -> fields.String:
    """A text with something in it; an optional one may also be left out."""
    rules = [validate.Length(min=1, max=longest), NOT_BLANK]
    if required:
        return fields.String(required=True, validate=rules, metadata={"description": description})
    return fields.String(load_default="", validate=validate.Length(max=longest), metadata={"description": description})


def one_of(kind: type[StrEnum], description: str, allowed: frozenset[StrEnum] = frozenset()) -> fields.String:
    """A code of an enumeration, as text."""
    codes = sorted(allowed or kind)
    return fields.String(
        required=True, validate=validate.OneOf([str(code) for code in codes]), metadata={"description": description}
    )


def day(description: str) -> fields.Date:
    return fields.Date(required=True, metadata={"description": description})


def cycle() -> fields.Integer:
    return fields.Integer(
        required=True,
        validate=validate.Range(min=1, max=1000),
        metadata={"description": "The cycle that the caller has before them: 1, and one more at each reopening."},
    )
