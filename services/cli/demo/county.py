"""What stands before the story begins: a school, four children, their teacher and village cadre, a subsidy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.cli.client import ApiProblem
from services.cli.demo.people import COUNTY, TOWNSHIP, VILLAGE
from services.cli.demo.stage import Stage
from shared.calendar import SchoolCalendar, Term, read_terms, shipped_calendar

FUND_FEN = 1_000_000
HALF_YEAR_FEN = 31_250  # primary, not boarding: half of 625.00 元 a year

EARLY, NOTICE, RELAPSE, NEVER = "早归的孩子", "通知后返校的孩子", "反复的孩子", "一直未归的孩子"
NAMES: Mapping[str, tuple[str, str]] = {
    EARLY: ("田小满", "田大山"),
    NOTICE: ("苗青禾", "苗有田"),
    RELAPSE: ("江晚舟", "江长水"),
    NEVER: ("石望山", "石守成"),
}


@dataclass(frozen=True)
class County:
    """The children by their part in the story, the first day, and the term that is paid for.

    `batches` and `away_days` (of the child that returns after the notice) grow as the story goes on.
    """

    children: Mapping[str, str]
    begins_on: date
    term: Term
    fund: str
    programme: str
    batches: list[str] = field(default_factory=list)
    away_days: list[date] = field(default_factory=list)


DAYS_WITHOUT_HOLIDAYS = 36
DAYS_OF_THE_STORY = 70


def opening_day(today: date) -> date:
    """The first Monday from which a story of absence and return meets no holidays: there no day of absence counts."""
    calendar = shipped_calendar()
    day = today + timedelta(days=-today.weekday() % 7)
    while not _runs_undisturbed(calendar, day):
        day += timedelta(days=7)
    return day


def _runs_undisturbed(calendar: SchoolCalendar, day: date) -> bool:
    end = day + timedelta(days=DAYS_WITHOUT_HOLIDAYS)
    counted = sum(1 for _ in calendar.counting_days(day, end))
    return counted > DAYS_WITHOUT_HOLIDAYS and calendar.has_school(day + timedelta(days=DAYS_OF_THE_STORY))


def prepare(stage: Stage) -> County:
    """Register everything through the API, on a day from which the story can run through."""
    stage.begin("准备")
    stage.advance_to(opening_day(stage.today()))
    today = stage.today()
    term = read_terms().term_at_or_after(today)
    stage.post(
        "registry", "county", "schools/registrations",
        school_code=stage.school, name="示例县青石镇中心小学", kind="PRIMARY", division=TOWNSHIP,
        district="第一督学责任区",
    )  # fmt: skip
    _name_the_township(stage)
    children = {part: _register(stage, part, today) for part in NAMES}
    day = {"assigned_on": today.isoformat()}
    stage.post(
        "visits", "principal", f"schools/{stage.school}/class-teachers", grade=4, class_no=1, teacher="方老师", **day
    )
    stage.post("visits", "township", f"villages/{VILLAGE}/cadres", cadre="温主任", **day)
    county = County(children, today, term, f"demo-fund-{stage.school}", f"demo-subsidy-{stage.school}")
    _fund(stage, county)
    stage.say(f"学校 1 所，学生 {len(children)} 名，资助项目 1 个，学期 {term.id}")
    return county


def _name_the_township(stage: Stage) -> None:
    """A notice is issued in the name that the register of divisions has; a county that has one keeps it."""
    try:
        stage.people.at("registry", "county").get(f"/api/v1/divisions/{TOWNSHIP}")
    except ApiProblem:
        stage.post(
            "registry", "county", "divisions/registrations",
            division_code=TOWNSHIP, name="青石镇", valid_from="2020-01-01",
        )  # fmt: skip


def _register(stage: Stage, part: str, today: date) -> str:
    name, guardian = NAMES[part]
    outcome = stage.post(
        "registry", "county", "children/registrations",
        name=name, sex="M", birth_date=(today - timedelta(days=3700)).isoformat(), division=VILLAGE,
        household_no=f"H{name}", guardian_name=guardian, guardian_relation="父亲", guardian_phone="13900000000",
        enrolment={
            "school_code": stage.school, "grade": 4, "class_no": 1, "boarder": False, "class_teacher": "方老师",
            "enrolled_on": (today - timedelta(days=90)).isoformat(),
        },
    )  # fmt: skip
    child = str(outcome["stream"]).partition("-")[2]
    stage.post(
        "registry", "township", f"children/{child}/household-categories",
        household_no=f"H{name}", category="LIFTED_OUT", effective_from=(today - timedelta(days=400)).isoformat(),
    )  # fmt: skip
    stage.post(
        "registry", "principal", f"children/{child}/guardian-accounts",
        guardian_account="6217000000000000000", account_name=guardian, set_on=today.isoformat(),
    )  # fmt: skip
    return child


def _fund(stage: Stage, county: County) -> None:
    today = county.begins_on.isoformat()
    stage.post(
        "assistance", "preparer", f"funds/{county.fund}/receipts",
        name="生活补助资金", division=COUNTY, source="上级拨款", document_no="示财〔1〕号",
        amount_fen=FUND_FEN, received_on=today,
    )  # fmt: skip
    stage.post(
        "assistance", "bureau", "programmes",
        programme_id=county.programme, name="家庭经济困难学生生活补助", division=COUNTY,
        first_term=county.term.id, opened_on=today,
    )  # fmt: skip
