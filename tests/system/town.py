"""A school on the real suite, and its people: what they post goes out again, under its key, until it is answered."""

import csv
import io
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx

from services.cli.client import ApiProblem, NotReached
from services.cli.demo.county import opening_day
from services.cli.demo.money import ENCODING
from services.cli.demo.people import COUNTY, TOWNSHIP, VILLAGE, People
from services.registry.children.statuses import Attendance
from shared.calendar import read_terms

CHILDREN, CLERKS, FUND_FEN = 24, 5, 10_000_000
BETWEEN_TRIES_S = 0.1
PAID, REFUSED = ("0000", "成功"), ("9999", "账号不存在")


@dataclass(frozen=True)
class Story:
    """What becomes of a child under fire. `away`: it has been missing for 28 days by then."""

    away: bool
    steps: Sequence[str]
    ends: Attendance


STORIES = (
    Story(False, ("absent", "suspect"), Attendance.SUSPECTED_DROPOUT),
    Story(False, ("absent",), Attendance.ABSENT_UNEXCUSED),
    Story(True, ("attempt", "come_back"), Attendance.RETURNED_PROBATION),
    Story(True, ("attempt", "drop_out"), Attendance.DROPPED_OUT),
    Story(True, ("drop_out", "come_back"), Attendance.RETURNED_PROBATION),
    Story(True, ("visit", "attempt"), Attendance.SUSPECTED_DROPOUT),
)


@dataclass
class Town:
    """`acknowledged`: the service and the events of each answered command. `bank_files`: fen sent out, by batch."""

    people: People
    children: dict[str, Story] = field(default_factory=dict)
    visits: dict[str, str] = field(default_factory=dict)
    acknowledged: list[tuple[str, Sequence[str]]] = field(default_factory=list)
    bank_files: dict[str, int] = field(default_factory=dict)
    give_up: threading.Event = field(default_factory=threading.Event)

    @property
    def programme(self) -> str:
        return f"subsidy-{self.people.school}"

    @property
    def fund(self) -> str:
        return f"fund-{self.people.school}"

    def post(self, service: str, who: str, path: str, **body: Any) -> Mapping[str, Any]:
        key, api = uuid4().hex, self.people.at(service, who)
        outcome: Mapping[str, Any] = self._answered(lambda: api.post(f"/api/v1/{path}", body, key))
        self.acknowledged.append((service, outcome["events"]))
        return outcome

    def get(self, service: str, who: str, path: str) -> Any:
        return self._answered(lambda: self.people.at(service, who).get(f"/api/v1/{path}"))

    def _answered(self, ask: Callable[[], Any]) -> Any:
        """A broken connection, a 503, and what lost its race too often are asked again. Other problems are raised."""
        while not self.give_up.wait(BETWEEN_TRIES_S):
            try:
                return ask()
            except NotReached:
                continue
            except ApiProblem as problem:
                if problem.status != httpx.codes.SERVICE_UNAVAILABLE and problem.code != "version-conflict":
                    raise
        raise AssertionError("given up")

    # -- before the fire

    def today(self) -> date:
        return date.fromisoformat(self.get("registry", "operator", "clock")["today"])

    def advance(self, days: int) -> None:
        self.people.at("registry", "operator").post("/api/v1/clock/advances", {"days": days})

    def found(self, settle: Callable[[], None]) -> None:
        """A school with its teacher, children and subsidy, on a day from which no holidays come between."""
        if days := (opening_day(self.today()) - self.today()).days:
            self.advance(days)
        today = self.today()
        day = {"assigned_on": today.isoformat()}
        school = {"school_code": self.people.school, "name": "示例县青石镇中心小学", "kind": "PRIMARY"}
        self.post("registry", "county", "schools/registrations", **school, division=TOWNSHIP, district="一片区")
        settle()  # the visits must know the school first
        teacher = {"grade": 4, "class_no": 1, "teacher": "方老师"}
        self.post("visits", "principal", f"schools/{self.people.school}/class-teachers", **teacher, **day)
        self.post("visits", "township", f"villages/{VILLAGE}/cadres", cadre="温主任", **day)
        with ThreadPoolExecutor(CLERKS) as clerks:
            for child, story in clerks.map(self._register, range(CHILDREN)):
                self.children[child] = story
        self._endow(today)

    def _register(self, number: int) -> tuple[str, Story]:
        today, household = self.today(), f"H{number}"
        enrolment = {"school_code": self.people.school, "grade": 4, "class_no": 1, "boarder": False}
        enrolment |= {"class_teacher": "方老师", "enrolled_on": (today - timedelta(days=90)).isoformat()}
        outcome = self.post(
            "registry", "county", "children/registrations",
            name=f"田{in_characters(number)}", sex="M", birth_date=(today - timedelta(days=3700)).isoformat(),
            division=VILLAGE, household_no=household, guardian_name="田大山", guardian_relation="父亲",
            guardian_phone="13900000000", enrolment=enrolment,
        )  # fmt: skip
        child = str(outcome["stream"]).partition("-")[2]
        self.post(
            "registry", "township", f"children/{child}/household-categories", household_no=household,
            category="LIFTED_OUT", effective_from=(today - timedelta(days=400)).isoformat(),
        )  # fmt: skip
        self.post(
            "registry", "principal", f"children/{child}/guardian-accounts",
            guardian_account=f"62170000000000{number:05}", account_name="田大山", set_on=today.isoformat(),
        )  # fmt: skip
        return child, STORIES[number % len(STORIES)]

    def _endow(self, today: date) -> None:
        self.term = read_terms().term_at_or_after(today).id
        self.post(
            "assistance", "preparer", f"funds/{self.fund}/receipts", name="生活补助资金", division=COUNTY,
            source="上级拨款", document_no=f"示财{self.fund}", amount_fen=FUND_FEN, received_on=today.isoformat(),
        )  # fmt: skip
        self.post(
            "assistance", "bureau", "programmes", programme_id=self.programme, name="生活补助", division=COUNTY,
            first_term=self.term, opened_on=today.isoformat(),
        )  # fmt: skip

    def lose(self, settle: Callable[[], None]) -> None:
        """Two thirds of the children stay away for 28 days, sought in vain."""
        away = [child for child, story in self.children.items() if story.away]
        first = self.today()
        self.advance(4)
        for child in away:
            self.absent(child, first)
        self.advance(3)
        settle()
        for child in away:
            self.attempt(child)
        for row in self.people.at("visits", "county").rows("household-visits", school=self.people.school):
            child, _, self.visits[child] = row["key"].partition(":")
        self.advance(21)
        settle()

    # -- what people do under fire

    def live(self, child: str) -> None:
        for step in self.children[child].steps:
            getattr(self, step)(child)

    def absent(self, child: str, since: date | None = None) -> None:
        until = self.today()
        day = since or until - timedelta(days=4)
        run = {"day": day.isoformat(), "until": until.isoformat()}
        self.post("registry", "teacher", f"children/{child}/absences", **run, remark="未到校")

    def suspect(self, child: str) -> None:
        self.post("registry", "principal", f"children/{child}/suspicions", reason="随父母外出务工")

    def attempt(self, child: str) -> None:
        told = {"method": "PHONE", "persons": ["方老师", "父亲"], "place": "HOME", "result": "REFUSED"}
        self.post("visits", "teacher", f"children/{child}/attempts", attempted_on=self.today().isoformat(), **told)

    def visit(self, child: str) -> None:
        told = {"place": "HOME", "people": ["方老师", "父亲"], "cause": "WEARY_OF_SCHOOL", "result": "REFUSED"}
        path = f"children/{child}/visits/{self.visits[child]}/records"
        self.post("visits", "teacher", path, visited_on=self.today().isoformat(), **told)

    def drop_out(self, child: str) -> None:
        day = self.today().isoformat()
        self.post("registry", "principal", f"children/{child}/dropouts", confirmed_on=day, cause="外出务工")

    def come_back(self, child: str) -> None:
        told = {"school_code": self.people.school, "evidence": ["返校报到单 1 号"]}
        self.post("registry", "teacher", f"children/{child}/returns", returned_on=self.today().isoformat(), **told)

    # -- the subsidy

    def pay(self, preparing: Callable[[], None], settling: Callable[[], None]) -> None:
        """One batch from its start to the bank's answer; every third line comes back unpaid."""
        about = {"programme_id": self.programme, "fund_id": self.fund, "period": self.term}
        outcome = self.post("assistance", "preparer", "batches", **about, school_code=self.people.school)
        batch = str(outcome["stream"]).partition("-")[2]
        preparing()
        self._approve(batch)
        self.post("assistance", "approver", f"batches/{batch}/dispatches")
        approver, path = self.people.at("assistance", "approver"), f"/api/v1/batches/{batch}"
        sent = self._answered(lambda: approver.download(f"{path}/bank-file")).decode(ENCODING)
        content, self.bank_files[batch] = _answer(list(csv.reader(io.StringIO(sent))))
        key = uuid4().hex
        with ThreadPoolExecutor(1) as clerk:
            booked = clerk.submit(
                self._answered, lambda: approver.upload_bytes(f"{path}/settlements", "回盘.csv", content, key)
            )
            settling()
            assert booked.result()["refused"] == []

    def _approve(self, batch: str) -> None:
        """Once it is prepared; children who leave meanwhile make the approver look again. None is empty."""
        while not self.give_up.is_set():
            sheet = self.get("assistance", "approver", f"batches/{batch}")
            seen = {"lines": len(sheet["lines"]), "total_fen": sheet["total_fen"]}
            if sheet["status"] == "PREPARED":
                assert seen["lines"], "nobody is to be paid: the test would show nothing"
                try:
                    self.post("assistance", "approver", f"batches/{batch}/approvals", **seen)
                except ApiProblem as problem:
                    if problem.code != "totals-differ":
                        raise
                else:
                    return


def in_characters(number: int) -> str:
    """A number as part of a name: digits are none."""
    return str(number).translate(str.maketrans("0123456789", "零一二三四五六七八九"))


def _answer(sent: list[list[str]]) -> tuple[bytes, int]:
    """The bank's return file, and what the file that it answers asked for in fen."""
    heading, *lines = sent
    where = [heading.index(name) for name in ("序号", "账号", "金额", "摘要")]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["序号", "账号", "金额", "摘要", "结果代码", "原因"])
    for number, line in enumerate(lines):
        writer.writerow([*(line[column] for column in where), *(REFUSED if number % 3 == 2 else PAID)])
    asked = sum(round(float(line[heading.index("金额")]) * 100) for line in lines)
    return out.getvalue().encode(ENCODING), asked
