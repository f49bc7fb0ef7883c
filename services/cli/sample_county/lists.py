"""The school list and the list of guardians' accounts."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from services.cli.sample_county import names
from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.places import School
from services.cli.sample_county.planted import Planted, PlantedFault
from services.cli.sample_county.roster_faults import ONE_FAULT_PER_STUDENTS
from services.cli.sample_county.sheets import new_book
from services.cli.sample_county.slipped_lines import Twins, slip

DIVISIONS_FILE = "行政区划.xlsx"
SCHOOLS_FILE = "学校名单.xlsx"
ACCOUNTS_FILE = "银行账户.xlsx"
_DIVISION_HEADINGS = ("区划代码", "名称", "启用日期", "撤销前最后日期")
_SCHOOL_HEADINGS = ("序号", "学校标识码", "学校名称", "办学类型", "所在乡镇", "所在乡镇代码", "督学责任区")
_ACCOUNT_HEADINGS = (
    "序号",
    "学生姓名",
    "学生身份证号",
    "监护人姓名",
    "监护人身份证号",
    "与学生关系",
    "开户银行",
    "社会保障卡账号",
)


def write_divisions(target: Path, county: County, planted: Planted) -> None:
    """The county, its townships and their villages; one line has a code that is too short."""
    count = planted.count("divisions", DIVISIONS_FILE)
    with new_book(target / DIVISIONS_FILE) as book:
        page = book.page("行政区划")
        page.add_title("云岭县行政区划表", len(_DIVISION_HEADINGS))
        page.add(list(_DIVISION_HEADINGS))
        for code, name in _divisions(county):
            page.add([code, name, "2020-01-01", None])
            count.good += 1
        row = page.add(["34992", "云岭县旧区", "2020-01-01", "2021-12-31"])
        count.refused["division-shape"] += 1
        planted.faults.append(
            PlantedFault(
                kind="short_division_code", file=DIVISIONS_FILE, sheet=page.name, row=row, refused="division-shape"
            )
        )


def _divisions(county: County) -> Iterator[tuple[str, str]]:
    yield names.COUNTY_CODE, "云岭县"
    for villages in county.places.villages.values():
        yield villages[0].township.code, villages[0].township.name
        for village in villages:
            yield village.code, village.name


def write_schools(target: Path, county: County, namesakes: Sequence[School], planted: Planted) -> None:
    """The schools, one of them twice and one with a code that is too short; the last of the `namesakes` is told to
    have the name of another one.
    """
    count = planted.count("schools", SCHOOLS_FILE)
    with new_book(target / SCHOOLS_FILE) as book:
        page = book.page("学校名单")
        page.add_title("云岭县义务教育阶段学校名单", len(_SCHOOL_HEADINGS))
        page.add(["填报单位：云岭县教育局", None, None, None, None, "2026年9月"])
        page.add(list(_SCHOOL_HEADINGS))
        rows = [_school_row(school) for school in (*county.places.schools, *namesakes)]
        for cells in rows:
            last = page.add([page.next_row - 2, *cells])
        planted.faults.append(
            PlantedFault(kind="name_of_two_schools", file=SCHOOLS_FILE, sheet=page.name, row=last, warned="name-taken")
        )
        count.good += len(rows)
        twice, short = rows[1], ["213499000", "云岭县旧教学点", "教学点", *rows[0][3:]]
        for kind, cells, refused in (
            ("repeated_school", twice, "row-repeated"),
            ("short_school_code", short, "school-code-shape"),
        ):
            row = page.add([page.next_row - 2, *cells])
            count.refused[refused] += 1
            planted.faults.append(
                PlantedFault(kind=kind, file=SCHOOLS_FILE, sheet=page.name, row=row, refused=refused)
            )


def _school_row(school: School) -> list[Any]:
    # every third code is a number: it has few enough digits to survive that
    code = int(school.code) if school.number % 3 == 0 else school.code
    township = school.township
    return [code, school.name, school.kind.title, township.name, township.code, school.district]


def write_accounts(target: Path, county: County, twins: Twins, planted: Planted) -> None:
    """For every child with an identity number the guardian's card account; a few became numbers, and twins have each
    other's number.
    """
    count = planted.count("accounts", ACCOUNTS_FILE)
    with_number = [child for child in county.children if child.id_number]
    every = min(ONE_FAULT_PER_STUDENTS, len(with_number) - 1)
    with new_book(target / ACCOUNTS_FILE) as book:
        page = book.page("银行账户")
        page.add_title("云岭县学生监护人社会保障卡账户表", len(_ACCOUNT_HEADINGS))
        page.add(list(_ACCOUNT_HEADINGS))
        for number, child in enumerate(with_number, 1):
            twin = twins.get(child.key)
            spoilt = number % every == 0 and not twin
            row = page.add([number, *_account_row(child, twin or child, spoilt)])
            if not spoilt:
                count.good += 1
                if twin:
                    planted.faults.append(slip("slipped_account", ACCOUNTS_FILE, page.name, row, child))
                continue
            count.refused["cell-digits-lost"] += 1
            planted.faults.append(
                PlantedFault(
                    kind="account_as_number",
                    file=ACCOUNTS_FILE,
                    sheet=page.name,
                    row=row,
                    refused="cell-digits-lost",
                    key=child.key,
                )
            )


def _account_row(child: Child, numbered: Child, spoilt: bool) -> list[Any]:
    guardian = child.household.guardian
    account = int(guardian.account) if spoilt else guardian.account
    person = [guardian.name, guardian.id_number, guardian.relation]
    return [child.name, numbered.id_number, *person, "云岭农村商业银行", account]
