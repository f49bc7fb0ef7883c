"""The county's rates, with the children behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from flask import Response
from flask.views import MethodView

from services.registry.api.rate_schemas import (
    PART_LABELS,
    UNCONFIRMED,
    RateListQuerySchema,
    RateQuerySchema,
    RatesSchema,
)
from services.registry.ledgers.movements import MOVEMENT_VIEWS
from services.registry.ledgers.views import VIEWS
from services.registry.movements.kinds import movements
from services.registry.policy import read_policy
from services.registry.rates.asked import UNKNOWN_LABELS, Asked, Basis, Figures, Grouping
from services.registry.rates.cohorts import STAGE_OF
from services.registry.rates.rates import RATE_LABELS, Rate, Tally
from services.registry.rates.reading import RateReader
from services.roles import KNOW_WHY
from shared.calendar import local_date
from shared.http import Blueprint
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime
from shared.http.ledgers import XLSX, workbook_of_rows
from shared.http.past import rows_as_of
from shared.kernel.ledgers import Column, Row
from shared.kernel.views import joined
from shared.shares import capped_share, share

PUPILS = next(view.columns for view in VIEWS if view.name == "school-age-children")
SUSPECTED_DROPOUTS = next(view.columns for view in VIEWS if view.name == "suspected-dropouts")
MOVEMENTS = MOVEMENT_VIEWS[0]
COUNTED_AT = Column("counted_at", "计入学校", width=22)
LOST = Column("lost", "计入净流失", "number", width=12)
HEADING = Column("bucket", "统计项目", "code", movements().buckets, 14)
BASIS_LABELS = {Basis.HOUSEHOLD: "户籍口径", Basis.REGISTRATION: "学籍口径"}


def blueprint() -> Blueprint:
    blp = Blueprint("rates", __name__, url_prefix="/api/v1/rates", description="Rates, never without their lists.")

    @blp.route("")
    class Rates(MethodView):
        @blp.arguments(RateQuerySchema, location="query")
        @blp.response(200, RatesSchema)
        def get(self, query: dict[str, Any]) -> dict[str, Any]:
            """One of the rates by school, township, inspection district or county."""
            asked, reader = _asked(query)
            found = reader.figures(asked)
            beside = reader.unconfirmed(asked, read_policy().dropout, current_runtime().ports.calendar())
            groups = [
                _told(asked, found, group) | {"unconfirmed": beside.get(group, 0)}
                for group in sorted({*found.groups, *beside})
            ]
            if asked.rate is Rate.NET_FLOW:
                _put_dropouts_beside(groups, reader.figures(replace(asked, rate=Rate.DROPOUT)))
            told = {"rate": asked.rate.value, "label": RATE_LABELS[asked.rate], "as_of": asked.day.isoformat()}
            return told | {"groups": groups, "schools_without_start": found.without_start}

    @blp.route("/list.xlsx")
    class RateList(MethodView):
        @blp.arguments(RateListQuerySchema, location="query")
        @blp.response(200, {"type": "string", "format": "binary"}, content_type=XLSX, description="A workbook")
        def get(self, query: dict[str, Any]) -> Response:
            """The children of the numerator or the denominator; of the net flow's numerator, the movements."""
            check_role(KNOW_WHY, "read the children behind a rate")
            part = query.pop("part")
            asked, reader = _asked(query)
            rows = _lines(reader, asked, part)
            columns = _columns(asked.rate, part)
            if LOST in columns:
                rows = iter(joined(MOVEMENTS, list(rows), rows_as_of(current_runtime(), query["as_of"])))
            title = f"{RATE_LABELS[asked.rate]}{PART_LABELS[part]}名单（{BASIS_LABELS[asked.basis]}）"
            return workbook_of_rows(title, f"{asked.rate.value.lower()}-{part}", columns, rows)

    return blp


def _lines(reader: RateReader, asked: Asked, part: str) -> Iterator[Row]:
    if part == UNCONFIRMED:
        return reader.unconfirmed_members(asked, read_policy().dropout, current_runtime().ports.calendar())
    return reader.members(asked, numerator=part == "numerator")


def _columns(rate: Rate, part: str) -> Sequence[Column]:
    if part == UNCONFIRMED:
        return SUSPECTED_DROPOUTS
    if rate is Rate.NET_FLOW and part == "numerator":
        return (COUNTED_AT, LOST, HEADING, *MOVEMENTS.columns)
    return (COUNTED_AT, *PUPILS) if rate is Rate.NET_FLOW or rate in STAGE_OF else PUPILS


def _asked(query: dict[str, Any]) -> tuple[Asked, RateReader]:
    runtime = current_runtime()
    day = query["as_of"] or local_date(runtime.ports.clock.now())
    terms = runtime.ports.calendar().terms
    reader = RateReader(runtime.store, current_caller(), terms, rows_as_of(runtime, query["as_of"]))
    asked = Asked(
        rate=Rate(query["rate"]),
        basis=Basis(query["basis"]),
        day=day,
        by=Grouping(query["by"]),
        division=query["division"],
        school=query["school"],
    )
    return asked, reader


def _told(asked: Asked, found: Figures, group: str) -> dict[str, Any]:
    why = found.unknown.get(group)
    told = _share(None if why else found.groups.get(group, Tally()), capped=asked.rate in STAGE_OF) | {
        "group": group,
        "name": found.names.get(group, ""),
        "no_figure": why.value if why else None,
        "no_figure_label": UNKNOWN_LABELS[why] if why else None,
    }
    if asked.rate is not Rate.NET_FLOW:
        return told
    counts = found.items.get(group, {})
    headings = movements().buckets.items()
    return told | {
        "headings": [{"code": code, "label": label, "count": counts.get(code, 0)} for code, label in headings]
    }


def _put_dropouts_beside(groups: list[dict[str, Any]], dropouts: Figures) -> None:
    for group in groups:
        group["confirmed_dropout"] = _share(dropouts.groups.get(group["group"], Tally()), capped=False)


def _share(tally: Tally | None, *, capped: bool) -> Row:
    names = ("numerator", "denominator", "share", "numerator_able", "denominator_able", "share_able")
    if tally is None:
        return dict.fromkeys(names)
    say = capped_share if capped else share
    able = (tally.part_able, tally.whole_able)
    values = (tally.part, tally.whole, say(tally.part, tally.whole), *able, say(*able))
    return dict(zip(names, values, strict=True))
