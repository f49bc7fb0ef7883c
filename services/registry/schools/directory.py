"""Which school is meant by a code, by a name, or by a line of text.

A code is looked up by code. A name is no key: it stands for a school only where it is that school's whole name, and
that school alone bears it among those that the caller may mean.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.registry.schools.census import is_in_operation
from shared.faults import Fault
from shared.identifiers import SchoolCode
from shared.identifiers.division import DivisionLevel
from shared.identifiers.text import compact
from shared.kernel.caller import Place, Scope

SCHOOL_UNKNOWN = Fault(
    "row-school-unknown",
    "学校不在学校名单中",
    "The school is not on the list of schools.",
    "请先导入学校名单，或更正学校名称和标识码",
)
_CODE = re.compile(r"(?<!\d)\d{10}(?!\d)", re.ASCII)
_SCHOOL = r"(?:(?<!中)小学|中学|初中|学校|幼儿园|教学点|分校|分园|校区)(?![部生毕升段及])"
_another_school_goes_on = re.compile(rf"附属|附设|[^\W\d_]*?(?<![升入到]){_SCHOOL}").match
_names_a_school = re.compile(
    r"(?![全各乡本我该])[\u4e00-\u9fff](?:[镇乡村]|街道|第[一二三四五六七八九十]+|中心|实验|希望|民族|附属|完全|初级|高级|九年一贯制|特殊教育)"
    + _SCHOOL
).search
_introduces = re.compile(r".*(?:[年季期度]|关于|附件|填报|报送)").fullmatch
_higher_place = re.compile(r"(?:[\u4e00-\u9fff]{2,}?(?:省|市|县|区|州|盟|旗))+").fullmatch
_begins_with_township = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|苏木)").match
_word_before = re.compile(r"[\u4e00-\u9fff]*$")
_MOST_SHOWN = 5

Found = SchoolCode | Fault | None
"""The school; why it cannot be told which one is meant; or None where none is named."""


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """`places`: the names of the divisions in which the school lies, the largest first."""

    code: SchoolCode
    name: str
    division: str = ""
    places: tuple[str, ...] = ()
    is_open: bool = True

    @property
    def shown(self) -> str:
        where = self.places[-1] if self.places else self.division
        return f"{self.code}（{where}）" if where else str(self.code)


@dataclass(frozen=True, slots=True)
class SchoolDirectory:
    """The schools that the registry knows, for a caller with a `scope`; by their names, made compact."""

    schools: Mapping[SchoolCode, ListedSchool]
    by_name: Mapping[str, Sequence[ListedSchool]]
    scope: Scope = field(default_factory=Scope)

    @classmethod
    def of(cls, schools: Iterable[ListedSchool], scope: Scope = Scope()) -> "SchoolDirectory":  # noqa: B008 — frozen
        listed = {school.code: school for school in schools}
        by_name: dict[str, list[ListedSchool]] = {}
        for school in listed.values():
            by_name.setdefault(compact(school.name), []).append(school)
        return cls(listed, by_name, scope)

    @property
    def own(self) -> SchoolCode | None:
        """The caller's own school."""
        return SchoolCode(self.scope.school) if self.scope.school in self.schools else None

    def namesakes(self, name: str, code: str) -> list[ListedSchool]:
        """Other schools of this name."""
        return [school for school in self.by_name.get(compact(name), ()) if school.code != code]

    def with_code(self, code: str) -> Found:
        return SchoolCode(code) if code in self.schools else SCHOOL_UNKNOWN

    def named(self, name: str) -> Found:
        """The school of this whole name: the caller's own, else the only one in the caller's scope, else in all."""
        return self._only(name, self.by_name.get(compact(name), ()))

    def told_by(self, code: str | None, name: str | None) -> Found:
        """By what a row says of its school: a code and a name are two statements, and must not contradict."""
        if code is None:
            return None if name is None else self.named(name)
        bearers = self.by_name.get(compact(name), ()) if name is not None else ()
        if bearers and code in self.schools and code not in {school.code for school in bearers}:
            return _contradiction(SchoolCode(code), bearers)
        return self.with_code(code)

    def named_in(self, written: str) -> Found:
        """The school whose code, or else whose whole name, stands in a line of text."""
        codes = [SchoolCode(each) for each in _CODE.findall(written) if each in self.schools]
        if codes:
            return codes[0]
        line = compact(written)
        found = list(dict.fromkeys(self._whole_names(line)))
        if len(found) > 1:
            return _several(found)
        if found:
            return self._only(found[0], self.by_name[found[0]])
        part_of_another = any(name in line for name in self.by_name)
        return SCHOOL_UNKNOWN if part_of_another or _names_a_school(line) else None

    def named_by(self, lines: Iterable[str]) -> Found:
        """By the lines above a table and its names, in order: the first that tells, also that it is none of ours."""
        unclear: Fault | None = None
        for line in lines:
            found = self.named_in(line)
            if isinstance(found, Fault) and found is not SCHOOL_UNKNOWN:
                unclear = unclear or found  # a later line may have the code
            elif found is not None:
                return found
        return unclear or self.own

    def _only(self, name: str, bearers: Sequence[ListedSchool]) -> Found:
        if not bearers:
            return SCHOOL_UNKNOWN
        ours = [each for each in bearers if self.scope.covers(Place(each.division, each.code))] or bearers
        teaching = [each for each in ours if each.is_open] or ours
        return teaching[0].code if len(teaching) == 1 else _ambiguous(name, teaching)

    def _whole_names(self, line: str) -> Iterator[str]:
        """The names in a line that are no part of a longer one, of another school or of a word."""
        taken: list[tuple[int, int]] = []
        for name in sorted(self.by_name, key=len, reverse=True):
            start = line.find(name)
            while start >= 0:
                end = start + len(name)
                if not any(first <= start and end <= last for first, last in taken):
                    taken.append((start, end))
                    if self._stands_alone(line, name, start, end):
                        yield name
                start = line.find(name, start + 1)

    def _stands_alone(self, line: str, name: str, start: int, end: int) -> bool:
        if _another_school_goes_on(line[end:]):
            return False
        found = _word_before.search(line[:start])
        before = found[0] if found else ""
        if not before or _introduces(before):
            return True
        if _higher_place(before) and _begins_with_township(name):
            return True
        return any(before in _ways_to_say(school.places) for school in self.by_name[name])


def listed_schools(
    rows: Mapping[SchoolCode, Mapping[str, Any]], divisions: Mapping[str, str], today: date
) -> Iterator[ListedSchool]:
    """The schools of ledger rows, with the names of the divisions in which they lie."""
    for code, row in rows.items():
        lengths = (DivisionLevel.COUNTY, DivisionLevel.TOWNSHIP, DivisionLevel.VILLAGE)
        names = (divisions.get(row["division"][:length]) for length in lengths if length <= len(row["division"]))
        places = tuple(name for name in names if name)
        yield ListedSchool(code, row["name"], row["division"], places, is_in_operation(row, today))


def _ambiguous(name: str, schools: Sequence[ListedSchool]) -> Fault:
    shown = "、".join(school.shown for school in schools[:_MOST_SHOWN])
    return Fault(
        "row-school-ambiguous",
        f"“{name}”有{len(schools)}所：{shown}，仅凭名称无法确定是哪一所",
        "Several schools have this name.",
        "请填写学校标识码",
    )


def _several(names: Sequence[str]) -> Fault:
    return Fault(
        "row-school-ambiguous",
        f"标题中有{len(names)}所学校：{'、'.join(names[:_MOST_SHOWN])}，无法确定是哪一所",
        "A line names several schools.",
        "请在表中增加“学校标识码”一列",
    )


def _contradiction(code: SchoolCode, bearers: Sequence[ListedSchool]) -> Fault:
    return Fault(
        "row-school-code-differs",
        f"学校标识码{code}与学校名称不是同一所学校，该名称的标识码是{bearers[0].code}",
        "The school's code and its name are those of two schools.",
        "请核对学校标识码和学校名称",
    )


def _ways_to_say(places: Sequence[str]) -> set[str]:
    """田川县, 青石镇, 田川县青石镇."""
    return {"".join(places[first:last]) for first in range(len(places)) for last in range(first + 1, len(places) + 1)}
