"""A calendar file: what a county loads, as text. ``data/README.md`` states the format."""

import re
import tomllib
from typing import Any

from shared.calendar.arrangements import arrangement_of, year_of
from shared.calendar.content import CalendarContent, SchoolHolidays
from shared.calendar.entries import CalendarMalformed, Entry, entries
from shared.calendar.school_days import SchoolHoliday
from shared.calendar.terms import own_dates_of

TABLES = ("holiday", "school_holiday", "term")


class CalendarFileMalformed(ValueError):
    """The file cannot be taken; the text names the line, the key and the remedy in Chinese."""

    code = "calendar-file-malformed"


def parse_calendar_file(text: str) -> CalendarContent:
    """What the file says. Raises ``CalendarFileMalformed``."""
    if not text.strip():
        raise CalendarFileMalformed("文件是空的，请写上 [[holiday]]、[[school_holiday]] 或 [[term]]")
    try:
        return _content(tomllib.loads(text))
    except CalendarMalformed as fault:
        raise CalendarFileMalformed(f"{_line_of(text, fault)}{fault}") from fault
    except (ValueError, RecursionError) as fault:  # the parser gives up on huge numbers and deep brackets
        where = _place_of(str(fault))
        raise CalendarFileMalformed(f"{where}文件写法有误，请检查引号、等号和方括号，日期不加引号") from fault


def _content(document: dict[str, Any]) -> CalendarContent:
    if unknown := document.keys() - {"year", *TABLES}:
        key = min(unknown)
        raise CalendarMalformed(f"没有 {key} 这一项；文件中只能有 year 和 {'、'.join(TABLES)}", key=key)
    if not document.keys() & set(TABLES):
        raise CalendarMalformed("文件中没有内容；请写上 [[holiday]]、[[school_holiday]] 或 [[term]]")
    holidays, school = document.get("holiday"), document.get("school_holiday")
    return CalendarContent(
        arrangements=() if holidays is None else (arrangement_of(year_of(document), holidays),),
        school_holidays=() if school is None else (_school_holidays(year_of(document), school),),
        terms=own_dates_of(document.get("term", [])),
    )


def _school_holidays(year: int, content: object) -> SchoolHolidays:
    found: list[SchoolHoliday] = []
    for entry in entries("school_holiday", content):
        holiday = _school_holiday(entry, year)
        if any(each.covers(holiday.first_day) or holiday.covers(each.first_day) for each in found):
            raise entry.fault(f"{holiday.name}与前面的假期日期重叠，请核对", "first")
        found.append(holiday)
    return SchoolHolidays(year=year, holidays=tuple(sorted(found, key=lambda each: each.first_day)))


def _school_holiday(entry: Entry, year: int) -> SchoolHoliday:
    entry.check_keys({"name", "first", "last"})
    first, last = entry.span()
    if not first.year == last.year == year:
        raise entry.fault(f"{first} 至 {last} 不在{year}年内，跨年的假期请分写在两年的文件中", "first")
    return SchoolHoliday(name=entry.text("name"), first_day=first, last_day=last)


def _place_of(fault: str) -> str:
    found = re.search(r"line (\d+), column (\d+)", fault)
    if found:
        return f"第{found[1]}行第{found[2]}列："
    return "文件末尾：" if "end of document" in fault else ""


def _line_of(text: str, fault: CalendarMalformed) -> str:
    """The line of the key, or else of the table that has the fault; nothing when it is the whole file's."""
    lines = text.splitlines()
    header = re.compile(rf"\s*\[\[\s*{fault.table}\s*\]\]") if fault.table else None
    headers = [number for number, line in enumerate(lines) if header and header.match(line)]
    start = headers[fault.number - 1] if 0 < fault.number <= len(headers) else 0
    key = re.compile(rf"\s*{re.escape(fault.key)}\s*=") if fault.key else None
    for number, line in enumerate(lines[start:], start + 1):
        if number > start + 1 and line.lstrip().startswith("["):
            break
        if key and key.match(line):
            return f"第{number}行：{fault.key}："
    return f"第{start + 1}行：" if fault.table else ""
