"""Ledgers (台账): the service's views, read as JSON or taken away as a workbook, always in the caller's scope."""

from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

import marshmallow
import structlog
from flask import Response
from flask.views import MethodView
from marshmallow import fields, validate

from shared.calendar import local_date
from shared.http.blueprints import Blueprint
from shared.http.cells import json_cell, sheet_cell
from shared.http.current import current_caller, current_runtime
from shared.http.downloads import download
from shared.http.past import rows_as_of
from shared.http.patterns import DIVISION
from shared.http.refusals import FieldFault, FieldsNotValid
from shared.http.schemas import RequestSchema
from shared.kernel.elements import ElementReader, reader_of
from shared.kernel.ledgers import Column, Row, View
from shared.kernel.refusals import Kind, NotFound, Refused, RoleNotAllowed
from shared.kernel.views import Filters, ViewReader, check_views
from shared.runtime import Runtime
from shared.workbooks.writing import TableTooLong, write_table

LARGEST_PAGE, USUAL_PAGE = 500, 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY_BYTES = 4_000_000

log = structlog.get_logger()


class LedgerTooLong(Refused):
    """More rows than a workbook holds."""

    code = TableTooLong.code
    kind = Kind.INVALID

    def __init__(self, fault: TableTooLong) -> None:
        super().__init__(str(fault), "more rows than a workbook holds: narrow the filters")


class DaySchema(RequestSchema):
    """As of which day to read."""

    as_of = fields.Date(metadata={"description": "The ledger as it was at the end of this day. None: now."})


class FilterSchema(DaySchema):
    """What of a ledger is asked for."""

    division = fields.String(
        load_default="",
        validate=DIVISION,
        metadata={"description": "A division code; all below it is meant."},
    )
    school = fields.String(load_default="", metadata={"description": "A school code."})
    status = fields.List(fields.String(), load_default=[], metadata={"description": "One or several status codes."})
    since = fields.Date(data_key="from", load_default=None, metadata={"description": "First day (inclusive)."})
    until = fields.Date(data_key="to", load_default=None, metadata={"description": "Last day (inclusive)."})


class PageSchema(FilterSchema):
    """Which page of it."""

    cursor = fields.String(load_default="", metadata={"description": "The cursor of the page before."})
    limit = fields.Integer(load_default=USUAL_PAGE, validate=validate.Range(1, LARGEST_PAGE))
    count = fields.Boolean(load_default=False, metadata={"description": "Count all matching rows, too."})


class ColumnSchema(marshmallow.Schema):
    """A column: which cell, under which heading."""

    field = fields.String(required=True)
    heading = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["text", "date", "number", "money", "code", "sealed"]})
    labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class ViewSchema(marshmallow.Schema):
    """A ledger that the caller may read."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    columns = fields.List(fields.Nested(ColumnSchema), required=True)


class ViewsSchema(marshmallow.Schema):
    """The ledgers that the caller may read."""

    ledgers = fields.List(fields.Nested(ViewSchema), required=True)


class RowSchema(marshmallow.Schema):
    """A row: its key, the event that last changed it, and its cells by column."""

    key = fields.String(required=True)
    at = fields.String(required=True)
    cells = fields.Dict(keys=fields.String(), required=True, metadata={"description": "Codes raw, money in fen."})


class RowPageSchema(ViewSchema):
    """A page of a ledger."""

    rows = fields.List(fields.Nested(RowSchema), required=True)
    cursor = fields.String(required=True, allow_none=True, metadata={"description": "Of the next page; null: none."})
    total = fields.Integer(metadata={"description": "All matching rows, when `count` was asked for."})


def ledgers_blueprint(runtime: Runtime) -> Blueprint:
    check_views(runtime.service)
    blp = Blueprint("ledgers", __name__, url_prefix="/api/v1/ledgers", description="Ledgers (台账).")

    @blp.route("")
    class Views(MethodView):
        @blp.response(200, ViewsSchema)
        def get(self) -> dict[str, Any]:
            """The ledgers that the caller's role may read."""
            return {"ledgers": [view for view in runtime.service.views if may_read(view)]}

    @blp.route("/<view>")
    class Page(MethodView):
        @blp.arguments(PageSchema, location="query")
        @blp.response(200, RowPageSchema)
        def get(self, query: dict[str, Any], view: str) -> dict[str, Any]:
            """A page of a ledger."""
            asked = readable_view(view)
            reader, filters = _reader(asked, query), _filters(asked, query)
            page = reader.page(filters, query["cursor"], query["limit"])
            total = {"total": reader.count(filters)} if query["count"] else {}
            rows = [_json(asked, row) for row in page.rows]
            return _described(asked) | {"rows": rows, "cursor": page.cursor} | total

    @blp.route("/<view>.xlsx")
    class Workbook(MethodView):
        @blp.arguments(FilterSchema, location="query")
        @blp.response(200, {"type": "string", "format": "binary"}, content_type=XLSX, description="A workbook")
        def get(self, query: dict[str, Any], view: str) -> Response:
            """The whole ledger, as far as the filters ask for it, as a workbook with Chinese headings."""
            asked = readable_view(view)
            return _workbook(asked, _reader(asked, query), _filters(asked, query))

    @blp.route("/<view>/<key>")
    class OneRow(MethodView):
        @blp.arguments(DaySchema, location="query")
        @blp.response(200, RowSchema)
        def get(self, query: dict[str, Any], view: str, key: str) -> dict[str, Any]:
            """One row of a ledger."""
            asked = readable_view(view)
            return _json(asked, _reader(asked, query).one(key))

    return blp


def may_read(view: View) -> bool:
    return not view.roles or current_caller().role in view.roles


def readable_view(name: str) -> View:
    """The view of this name. Raises NotFound, or RoleNotAllowed when it is not for the caller's role."""
    view = current_runtime().service.view(name)
    if view is None:
        raise NotFound(f"ledger {name}")
    if not may_read(view):
        raise RoleNotAllowed(current_caller().role, f"read {name}")
    return view


def _reader(view: View, query: dict[str, Any]) -> ViewReader | ElementReader:
    runtime = current_runtime()
    rows_of = rows_as_of(runtime, query.get("as_of"))
    return reader_of(runtime.store, view, current_caller().scope, rows_of)


def _filters(view: View, query: dict[str, Any]) -> Filters:
    dated = [name for name, key in (("from", "since"), ("to", "until")) if query[key]]
    if dated and not view.date_field:
        raise FieldsNotValid([FieldFault(name, "本台账没有可按日期查询的栏目。") for name in dated])
    _check_statuses(view, query["status"])
    return Filters(
        division=query["division"],
        school=query["school"],
        statuses=query["status"],
        since=query["since"],
        until=query["until"],
    )


def _check_statuses(view: View, asked: Sequence[str]) -> None:
    labels = next((column.labels for column in view.columns if column.field == view.status_field), {})
    if asked and not labels:
        raise FieldsNotValid([FieldFault("status", "本台账没有可按状态查询的栏目。")])
    known = "、".join(f"{code}（{label}）" for code, label in labels.items())
    unknown = [code for code in asked if code not in labels]
    if unknown:
        raise FieldsNotValid([FieldFault("status", f"没有“{code}”这种状态，可用：{known}。") for code in unknown])


def _described(view: View) -> dict[str, Any]:
    return {"name": view.name, "title": view.title, "columns": view.columns}


def _json(view: View, row: Row) -> dict[str, Any]:
    cipher = current_runtime().ports.cipher
    cells = {column.field: json_cell(row, column, cipher) for column in view.columns}
    return {"key": row["_id"], "at": row["at"], "cells": cells}


def _workbook(view: View, reader: ViewReader | ElementReader, filters: Filters) -> Response:
    return workbook_of_rows(view.title, view.name, view.columns, reader.rows(filters))


def workbook_of_rows(title: str, plain_name: str, columns: Sequence[Column], rows: Iterable[Row]) -> Response:
    """Ledger rows under these columns as a workbook to take away. Raises LedgerTooLong."""
    ports = current_runtime().ports
    headings = [(column.heading, column.width) for column in columns]
    cells = ([sheet_cell(row, column, ports.cipher) for column in columns] for row in rows)
    file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  the response closes it
    try:
        count = write_table(cast("BinaryIO", file), title, title, headings, cells)
    except BaseException as fault:
        file.close()
        if isinstance(fault, TableTooLong):
            raise LedgerTooLong(fault) from fault
        raise
    log.info("ledger exported", view=plain_name, rows=count, subject=current_caller().subject)
    file.seek(0)
    day = local_date(ports.clock.now()).isoformat()
    return download(cast("BinaryIO", file), XLSX, f"{title}-{day}.xlsx", f"{plain_name}-{day}.xlsx")
