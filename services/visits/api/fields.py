"""Fields of the facts that this service takes."""

from typing import Any

from marshmallow import fields, validate

from shared.http.parsed import person_name
from shared.http.patterns import SHA_256


class Several(fields.List[Any]):
    """A list that commands can hold: read as a tuple."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(*args, **kwargs))


def people(description: str) -> Several:
    several = validate.Length(min=1, max=20)
    return Several(person_name(), required=True, validate=several, metadata={"description": description})


def photos() -> Several:
    hash_ = fields.String(validate=SHA_256)
    told = {"description": "SHA-256 of each photograph, as `POST /api/v1/photos` answers."}
    return Several(hash_, load_default=(), validate=validate.Length(max=20), metadata=told)


def day(description: str, *, required: bool = True) -> fields.Date:
    more: dict[str, Any] = {} if required else {"load_default": None, "allow_none": True}
    return fields.Date(required=required, metadata={"description": description}, **more)
