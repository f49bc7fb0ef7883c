"""What of a child's file can be corrected, and how a new value is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from services.registry.children.ethnicities import parse_ethnicity
from shared.faults import Fault, InvalidValue
from shared.identifiers import parse_division_code, parse_person_name, parse_resident_id
from shared.identifiers.text import clean

LONGEST = 50
SEXES = {"M": "男", "F": "女"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """`sealed`: personal data that is kept encrypted and found by blind index."""

    label: str
    parse: Callable[[str], str]
    sealed: bool = False


NO_DATE = Fault("not-a-date", "不是日期", "This is no date.", "请按 2014-09-03 的格式填写")
NO_SEX = Fault("not-a-sex", "不是性别", "This is no sex.", "请填写 男 或 女")
TOO_LONG = Fault("too-long", f"超过{LONGEST}个字", "The text is too long.", f"请缩短到{LONGEST}个字以内")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidValue(NO_DATE) from error


def _sex(text: str) -> str:
    code = {label: code for code, label in SEXES.items()}.get(text, text)
    if code not in SEXES:
        raise InvalidValue(NO_SEX)
    return code


def _short(text: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > LONGEST:
        raise InvalidValue(TOO_LONG)
    return cleaned


CORRECTABLE: Mapping[str, Correctable] = {
    "name": Correctable(label="姓名", parse=parse_person_name),
    "sex": Correctable(label="性别", parse=_sex),
    "birth_date": Correctable(label="出生日期", parse=_day),
    "id_number": Correctable(label="身份证号", parse=parse_resident_id, sealed=True),
    "ethnicity": Correctable(label="民族", parse=parse_ethnicity),
    "division": Correctable(label="户籍地代码", parse=parse_division_code),
    "household_no": Correctable(label="户编号", parse=_short),
}
FIELD_LABELS = {name: field.label for name, field in CORRECTABLE.items()}
