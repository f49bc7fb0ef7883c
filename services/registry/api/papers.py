"""The papers of a transition, as callers send them."""

from typing import Any

from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.transitions.catalogue import transitions
from services.registry.transitions.papers import Paper, Papers
from shared.http import RequestSchema


class PaperSchema(RequestSchema):
    """A paper that shows the fact: its kind, its number or a photograph's SHA-256, and its date if it has one."""

    kind = fields.String(required=True, validate=validate.OneOf(list(transitions().paper)))
    reference = own.text(200, shortest=1, required=True)
    dated = fields.Date(load_default=None)


def papers(**options: Any) -> fields.List[Any]:
    """A list of papers; which ones a transition needs is told when one is missing."""
    return fields.List(fields.Nested(PaperSchema), validate=validate.Length(0, 30), **options)


def papers_of(body: dict[str, Any]) -> Papers:
    """The papers of a request, taken out of its body."""
    return tuple(Paper(**each) for each in body.pop("papers"))
