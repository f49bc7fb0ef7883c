"""The lists from outside as sheets. After the checks, a row has a name and what tells the person apart."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.registry.imports import checks, shapes
from services.registry.imports.columns import (
    CLASS_NO,
    FORMER_NAME,
    ID_NUMBER,
    MAIN_NUMBER,
    PUPIL_NAME,
    SCHOOL_CODE,
    SCHOOL_NAME,
    SEX,
    STUDENT_NUMBER,
    birth_date,
    division,
    grade,
    resident_id,
)
from services.registry.sealing import SEX_LETTERS
from services.registry.snapshots import vocabulary
from services.registry.snapshots.kinds import ListKind
from shared.identifiers.resident_id import birth_date_of, sex_of
from shared.workbooks.parsers import choice, code, day, name, name_doubts, text
from shared.workbooks.shapes import Field, Problem, SheetShape

Values = dict[str, Any]
NAME = replace(PUPIL_NAME, synonyms=("学生姓名", "人员姓名", "成员姓名", "儿童姓名", "名字"))
HOUSEHOLD = Field(name="household_no", title="户编号", synonyms=("户号", "家庭编号", "户口编号"), parse=code)
GUARDIAN = (
    Field(
        name="guardian_name",
        title="监护人姓名",
        synonyms=("监护人", "户主姓名", "户主", "家长姓名"),
        parse=name,
        doubts=name_doubts,
    ),
    Field(
        name="guardian_id_number",
        title="监护人身份证号",
        synonyms=("监护人证件号码", "户主身份证号", "家长身份证号"),
        parse=resident_id,
    ),
)
VILLAGE = Field(
    name="village_code",
    title="村(居)代码",
    synonyms=("村居代码", "村代码", "行政村代码", "户籍地代码", "区划代码", "行政区划代码"),
    parse=division,
)


def _person(today: date) -> tuple[Field, ...]:
    return NAME, FORMER_NAME, SEX, replace(ID_NUMBER, expected=True), MAIN_NUMBER, STUDENT_NUMBER, birth_date(today)


def _population(today: date) -> SheetShape:
    fields = (*_person(today), replace(VILLAGE, required=True), HOUSEHOLD, *GUARDIAN)
    return SheetShape(title="人口名单", fields=fields, check=checks.complete_from_identity)


def _registrations(today: date) -> SheetShape:
    state = Field(
        name="state",
        title="学籍状态",
        synonyms=("学生状态", "状态", "在籍状态", "就读状态"),
        essential=True,
        parse=choice(vocabulary.FILE_STATES),
    )
    number = replace(STUDENT_NUMBER, expected=True)
    place = (SCHOOL_CODE, SCHOOL_NAME, grade(today), CLASS_NO)
    person = (NAME, FORMER_NAME, SEX, ID_NUMBER, MAIN_NUMBER, number, birth_date(today))
    fields = (*person, *place, state, *GUARDIAN)
    return SheetShape(title="学籍名单", fields=fields, check=_check_registration)


def _check_registration(values: Values) -> Iterator[Problem]:
    yield from checks.check_identity(values)
    yield from checks.complete_from_identity(values)
    checks.spread_grade_and_class(values)


def _disability(today: date) -> SheetShape:
    certificate = Field(name="state", title="残疾类别等级", synonyms=("残疾类别", "类别等级", "类别"), parse=text(40))
    return SheetShape(title="持证残疾儿童名单", fields=(*_person(today), VILLAGE, certificate), check=_has_number)


def _deaths(today: date) -> SheetShape:
    died = Field(
        name="on",
        title="死亡日期",
        synonyms=("死亡时间", "注销日期", "销户日期"),
        required=True,
        parse=day(latest=today),
    )
    return SheetShape(title="死亡销户名单", fields=(*_person(today), VILLAGE, died), check=_has_number)


def _migration(today: date) -> SheetShape:
    fields = (
        *_person(today),
        VILLAGE,
        Field(
            name="state",
            title="迁移方向",
            synonyms=("迁移类型", "迁入迁出", "方向"),
            required=True,
            parse=choice(vocabulary.DIRECTIONS),
        ),
        Field(
            name="on",
            title="迁移日期",
            synonyms=("迁出日期", "迁入日期", "日期"),
            required=True,
            parse=day(latest=today),
        ),
        Field(name="confirmed", title="是否核实", synonyms=("核实情况", "已核实"), parse=choice(vocabulary.CONFIRMED)),
    )
    return SheetShape(title="户口迁移名单", fields=fields, check=_has_number)


def _has_number(values: Values) -> Iterator[Problem]:
    yield from checks.check_identity(values)
    yield from checks.complete_from_identity(values)


def _as_it_is(values: Values) -> Values:
    return values


def _member(values: Values) -> Values:
    """A member of a household in hardship, called as the other lists call a person."""
    number = values["member_id_number"]
    told = {"birth_date": birth_date_of(number), "sex": SEX_LETTERS[sex_of(number)]} if number else {}
    return (
        values
        | told
        | {
            "name": values["member_name"],
            "id_number": number,
            "guardian_name": values["head_name"],
            "state": values["category"],
        }
    )


def _by_person(values: Mapping[str, Any]) -> Hashable:
    number = values.get("id_number") or values.get("student_number")
    return number or (values["name"], values.get("birth_date"), values.get("household_no"))


def _by_file(values: Mapping[str, Any]) -> Hashable:
    """Two files of one child are two lines: that is what is looked for."""
    return values["student_number"] or values["id_number"], values["school_code"]


def _by_person_and_state(values: Mapping[str, Any]) -> Hashable:
    return _by_person(values), values["state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """`key` tells rows apart, `person` gives the columns their common names; rows `at_school` must name a school."""

    shape: Callable[[date], SheetShape]
    key: Callable[[Mapping[str, Any]], Hashable] = _by_person
    person: Callable[[Values], Values] = _as_it_is
    at_school: bool = False


SPECS: Mapping[ListKind, ListSpec] = {
    ListKind.POPULATION: ListSpec(shape=_population),
    ListKind.REGISTRATIONS: ListSpec(shape=_registrations, key=_by_file, at_school=True),
    ListKind.LAST_ROSTERS: ListSpec(shape=shapes.rosters, at_school=True),
    ListKind.POVERTY: ListSpec(shape=shapes.households, key=_by_person_and_state, person=_member),
    ListKind.DISABILITY: ListSpec(shape=_disability),
    ListKind.DEATHS: ListSpec(shape=_deaths),
    ListKind.MIGRATION: ListSpec(shape=_migration),
}
