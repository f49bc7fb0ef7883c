"""Fields that several requests share, and how their text is read before it becomes a command."""

from collections.abc import Callable
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.registry.guardians.relations import parse_relation
from shared.faults import InvalidValue
from shared.identifiers import (
    parse_bank_account,
    parse_credit_code,
    parse_division_code,
    parse_mobile,
    parse_resident_id,
    parse_school_code,
    parse_student_number,
)
from shared.identifiers.text import as_written, clean, normal_name


class Parsed(fields.String):
    """Text in its one regular spelling; what cannot be read is told in the parser's own Chinese sentence."""

    def __init__(self, parse: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._parse = parse

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        try:
            return self._parse(text)
        except InvalidValue as invalid:
            raise ValidationError(f"{invalid.fault.zh}。{invalid.fault.remedy_zh}。") from invalid


def text(longest: int, *, shortest: int = 0, **options: Any) -> Parsed:
    """A code, number or title in its one regular spelling."""
    return Parsed(clean, validate=validate.Length(shortest, longest), **options)


def sentence(longest: int, *, shortest: int = 0, **options: Any) -> Parsed:
    """Reasons, remarks, plans: words that people wrote and that are shown as they wrote them."""
    return Parsed(as_written, validate=validate.Length(shortest, longest), **options)


def person_name(**options: Any) -> Parsed:
    return Parsed(normal_name, validate=validate.Length(1, 50), **_told(options, "A person's name.", "林小雨"))


def resident_id(**options: Any) -> Parsed:
    return Parsed(parse_resident_id, **_told(options, "A resident ID number.", "349921201409031020"))


def student_number(**options: Any) -> Parsed:
    return Parsed(parse_student_number, **_told(options, "A number of the national system.", "G349921201409031020"))


def school_code(**options: Any) -> Parsed:
    return Parsed(parse_school_code, **_told(options, "A school code of 10 digits.", "2134000001"))


def division(**options: Any) -> Parsed:
    return Parsed(parse_division_code, **_told(options, "A division code of 2, 4, 6, 9 or 12 digits.", "349921101"))


def relation(**options: Any) -> Parsed:
    return Parsed(parse_relation, **_told(options, "A relation's code, or its word in Chinese.", "52"))


def mobile(**options: Any) -> Parsed:
    return Parsed(parse_mobile, **_told(options, "A mobile phone number.", "13800005678"))


def credit_code(**options: Any) -> Parsed:
    return Parsed(parse_credit_code, **_told(options, "A unified social credit code.", "91349921MA2XXXXX0K"))


def bank_account(**options: Any) -> Parsed:
    return Parsed(parse_bank_account, **_told(options, "An account number.", "6217000010001234567"))


def _told(options: dict[str, Any], description: str, example: str) -> dict[str, Any]:
    """The field's options, with what it is where it does not say it itself."""
    return options | {"metadata": {"description": description, "example": example} | options.get("metadata", {})}


def code_of(codes: Any, **options: Any) -> fields.String:
    """One of an enumeration's values."""
    return fields.String(validate=validate.OneOf([code.value for code in codes]), **options)


def evidence(**options: Any) -> fields.List[Any]:
    """References to papers: a number, a photograph's SHA-256, a page of a list."""
    return fields.List(text(200, shortest=1), validate=validate.Length(0, 20), **options)
