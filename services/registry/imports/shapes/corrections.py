"""Corrections that were entered in the national system, as a sheet."""

from dataclasses import replace
from datetime import date

from services.registry.imports.columns import PUPIL_NAME
from shared.workbooks.parsers import day, text
from shared.workbooks.shapes import Field, SheetShape


def correction_receipts(today: date) -> SheetShape:
    """The list of corrections to enter (待录入国家系统更正清单) as it comes back from whoever entered them."""
    return SheetShape(
        title="更正录入回执",
        fields=(
            Field(name="number", title="更正编号", synonyms=("编号",), required=True, parse=text(100)),
            replace(PUPIL_NAME, required=False),
            Field(
                name="advanced_on",
                title="录入日期",
                synonyms=("录入时间", "修改日期"),
                required=True,
                parse=day(latest=today),
            ),
            Field(
                name="reference",
                title="录入回执编号",
                synonyms=("回执编号", "回执号", "业务流水号"),
                required=True,
                parse=text(100),
            ),
        ),
    )
