"""Fields whose text is read by a parser of `shared.identifiers`."""

from collections.abc import Callable
from typing import Any

from marshmallow import ValidationError, fields, validate

from shared.faults import InvalidValue
from shared.http.warned import warn
from shared.identifiers import parse_person_name
from shared.identifiers.person_name import LONGEST, doubts_about

_LENGTH = validate.Length(1, LONGEST)


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


class PersonName(Parsed):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        name = super()._deserialize(value, attr, data, **options)
        for doubt in doubts_about(value):
            warn(doubt, attr or "")
        return name


def described(options: dict[str, Any], description: str, example: str) -> dict[str, Any]:
    """A field's options, with what it is where they do not say it themselves."""
    return options | {"metadata": {"description": description, "example": example} | options.get("metadata", {})}


def person_name(**options: Any) -> Parsed:
    """A person's name, as the lists read it; what is doubtful in it is told in the answer."""
    return PersonName(parse_person_name, validate=_LENGTH, **described(options, "A person's name.", "林小雨"))


def person_name_or_blank(**options: Any) -> Parsed:
    """A person's name, or nothing for nobody."""
    told = described(options, "A person's name; empty for nobody.", "林大山")
    return PersonName(lambda text: parse_person_name(text) if text.strip() else "", **told)
