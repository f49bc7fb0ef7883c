"""Fields of the facts that this service takes."""

from typing import Any

from marshmallow import fields, validate

from shared.http.patterns import SHA_256


class Name(fields.String):
    """A person's name or staff number, without the blanks around it."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:
        return str(super()._deserialize(*args, **kwargs)).strip()


class Several(fields.List[Any]):
    """A list that commands can hold: read as a tuple."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(*args, **kwargs))


def person(**options: Any) -> Name:
    return Name(validate=validate.Length(min=1, max=40), **options)


def people(description: str) -> Several:
    several = validate.Length(min=1, max=20)
    return Several(person(), required=True, validate=several, metadata={"description": description})


def photos() -> Several:
    hash_ = fields.String(validate=SHA_256)
    told = {"description": "SHA-256 of each photograph, as `POST /api/v1/photos` answers."}
    return Several(hash_, load_default=(), validate=validate.Length(max=20), metadata=told)


def day(description: str, *, required: bool = True) -> fields.Date:
    more: dict[str, Any] = {} if required else {"load_default": None, "allow_none": True}
    return fields.Date(required=required, metadata={"description": description}, **more)
