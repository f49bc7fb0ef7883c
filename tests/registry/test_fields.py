"""What the description shows as an example of a field is taken as it stands."""

from collections.abc import Callable
from inspect import Parameter, getmembers, isfunction, signature

import pytest
from marshmallow.fields import String

from services.registry.api import fields

PLAIN = {
    name: make
    for name, make in getmembers(fields, isfunction)
    if make.__module__ == fields.__name__
    and [each.kind for each in signature(make).parameters.values()] == [Parameter.VAR_KEYWORD]
}
"""The kinds of field that need no further word."""


@pytest.mark.parametrize("make", PLAIN.values(), ids=PLAIN)
def test_the_example_is_read_back_as_it_is(make: Callable[..., String]) -> None:
    field = make(required=True)
    if "example" in field.metadata:
        assert field.deserialize(field.metadata["example"]) == field.metadata["example"]


def test_a_field_that_says_itself_what_it_is_keeps_its_words() -> None:
    told = fields.division(metadata={"description": "Where the file lies."}).metadata
    assert (told["description"], told["example"]) == ("Where the file lies.", "349921101")
    assert sum("example" in make().metadata for make in PLAIN.values()) > 5
