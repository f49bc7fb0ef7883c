"""Blueprints whose requests are read strictly and whose documentation tells every answer."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar, cast

import flask_smorest

from shared.http.parser import RequestParser
from shared.http.problems import PROBLEMS_OF_PUBLIC_ROUTES, PROBLEMS_OF_READS, PROBLEMS_OF_WRITES

BEARER = "bearer"
V = TypeVar("V")


def public(view: V) -> V:
    """Let a view answer callers without a token. The outermost decorator below the route."""
    view.public = True  # type: ignore[attr-defined]
    return view


def is_public(view: Any) -> bool:
    return bool(getattr(view, "public", False))


def one_of(name: str, values: Iterable[str]) -> dict[str, Any]:
    """A part of an address that is one of these words, for `route(…, parameters=[…])`."""
    return {"in": "path", "name": name, "schema": {"type": "string", "enum": [str(each) for each in values]}}


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # the library has no types
    """A group of routes, documented under its name and description.

    The library's decorators are repeated here only to give them types.
    """

    ARGUMENTS_PARSER: ClassVar[RequestParser] = RequestParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks.extend([_document_headers, _document_problems])

    def route(self, rule: str, **options: Any) -> Callable[[V], V]:
        return cast("Callable[[V], V]", super().route(rule, **options))

    def arguments(self, schema: Any, **options: Any) -> Callable[[V], V]:
        return cast("Callable[[V], V]", super().arguments(schema, **options))

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[[V], V]:
        return cast("Callable[[V], V]", super().response(status_code, schema, **options))

    def alt_response(self, status_code: int, response: str | None = None, **options: Any) -> Callable[[V], V]:
        return cast("Callable[[V], V]", super().alt_response(status_code, response, **options))

    @staticmethod
    def headers(*parameters: dict[str, Any]) -> Callable[[V], V]:
        """Document request headers that the view reads."""

        def decorate(view: V) -> V:
            view._apidoc = getattr(view, "_apidoc", {}) | {"headers": parameters}  # type: ignore[attr-defined]
            return view

        return decorate

    @staticmethod
    def doc(**options: Any) -> Callable[[V], V]:
        return cast("Callable[[V], V]", flask_smorest.Blueprint.doc(**options))

    def _store_endpoint_docs(self, endpoint: str, obj: Any, *args: Any, **options: Any) -> None:
        super()._store_endpoint_docs(endpoint, obj, *args, **options)
        if is_public(obj):
            for method in self._docs[endpoint].values():
                if method is not None:
                    method["public"] = True


def _document_headers(doc: dict[str, Any], doc_info: dict[str, Any], **_: Any) -> dict[str, Any]:
    if "headers" in doc_info:
        doc["parameters"] = [*doc.get("parameters", []), *doc_info["headers"]]
    return doc


def _document_problems(doc: dict[str, Any], doc_info: dict[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    """Add to an operation the problems that any route of its sort may answer with, and the token it asks for."""
    if doc_info.get("public"):
        names = PROBLEMS_OF_PUBLIC_ROUTES
    else:
        names = PROBLEMS_OF_READS if method == "get" else PROBLEMS_OF_WRITES
        doc["security"] = [{BEARER: []}]
    answers = doc.setdefault("responses", {})
    for status, name in names.items():
        answers.setdefault(status, name)
    return doc
