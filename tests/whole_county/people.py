"""Invented people and places, and what they do on every service; each deed is heard everywhere before it returns."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.cli.demo.people import COUNTY, TOWNSHIP, VILLAGE
from tests.shared.http.client import Client
from tests.whole_county.county import WholeCounty

BEGINS = date(2026, 9, 1)
SCHOOL = "2134000001"
A_MOMENT = timedelta(seconds=1)
"""Nobody does two things at once."""


@dataclass(frozen=True)
class Staff:
    """Those who act: each by a part, each with a scope of their own."""

    county: WholeCounty

    def bureau(self, service: str) -> Client:
        return self.county.at(service, "county_admin", division=COUNTY)

    def township(self, service: str, division: str = TOWNSHIP) -> Client:
        return self.county.at(service, "township_clerk", division=division)

    def principal(self, service: str, school: str = SCHOOL) -> Client:
        return self.county.at(service, "school_admin", school=school)

    def teacher(self, service: str, school: str = SCHOOL) -> Client:
        return self.county.at(service, "class_teacher", school=school)

    def does(self, who: Client, path: str, **body: Any) -> dict[str, Any]:
        """A fact that must be taken."""
        self.county.clock.advance(A_MOMENT)
        answer = who.post(path, body)
        assert answer.status_code == 201, f"{path} {answer.status_code} {answer.text}"
        self.county.settle()
        return dict(answer.json or {})

    def tries(self, who: Client, path: str, **body: Any) -> str:
        """The code of the refusal, or "" when it was taken."""
        self.county.clock.advance(A_MOMENT)
        answer = who.post(path, body)
        self.county.settle()
        return "" if answer.status_code == 201 else str((answer.json or {}).get("code"))

    def load_calendar(self, text: str) -> None:
        """The bureau loads a calendar; a minute later every service has reckoned its open days anew."""
        self.does(self.bureau("registry"), "/calendars", document="青石县教〔2026〕1号", content=text)
        self.county.look_again()
        self.county.clock.advance(timedelta(minutes=2))
        self.county.settle()

    # -- what stands before a story

    def name_township(self, code: str = TOWNSHIP, name: str = "青石镇") -> None:
        """Its notices are issued in this name."""
        path = "/divisions/registrations"
        self.does(self.bureau("registry"), path, division_code=code, name=name, valid_from="2020-01-01")

    def open_school(self, code: str = SCHOOL, name: str = "青石镇中心小学", division: str = TOWNSHIP) -> str:
        self.does(
            self.bureau("registry"), "/schools/registrations",
            school_code=code, name=name, kind="PRIMARY", division=division,
        )  # fmt: skip
        return code

    def register(self, name: str, *, school: str | None = SCHOOL, division: str = VILLAGE, **more: Any) -> str:
        """A child of ten, in the fourth grade of a school, or of none; their id."""
        enrolled = {"school_code": school, "grade": 4, "class_no": 1, "enrolled_on": BEGINS.isoformat()}
        body = {
            "name": name, "sex": "M", "birth_date": "2016-05-01", "division": division,
            "household_no": f"H{name}", "guardian_name": f"{name[0]}大山", "guardian_relation": "父亲",
        } | ({"enrolment": enrolled} if school else {}) | more  # fmt: skip
        told = self.does(self.bureau("registry"), "/children/registrations", **body)
        return str(told["stream"]).removeprefix("child-")

    def miss(self, child: str, until: date, school: str = SCHOOL) -> None:
        """The class teacher enters the school days from today until before that day, as they pass."""
        while self.county.today < until:
            self.enter_absence(child, self.county.today, school=school)
            self.county.wait_until(self.county.today + timedelta(days=1))

    def enter_absence(self, child: str, day: date, until: date | None = None, school: str = SCHOOL) -> None:
        days = {"day": day.isoformat()} | ({"until": until.isoformat()} if until else {})
        self.does(self.teacher("registry", school), f"/children/{child}/absences", **days, remark="未到校")

    # -- what is done about a child

    def take_back(self, child: str, school: str = SCHOOL) -> None:
        today, evidence = self.county.today.isoformat(), ["返校报到单1号"]
        path = f"/children/{child}/returns"
        self.does(self.teacher("registry", school), path, school_code=school, returned_on=today, evidence=evidence)

    def persuade(self, child: str, school: str = SCHOOL) -> None:
        """Three attempts, all refused."""
        for method in ("PHONE", "VISIT", "MEETING"):
            self.does(
                self.teacher("visits", school), f"/children/{child}/attempts",
                method=method, attempted_on=self.county.today.isoformat(), place="HOME",
                persons=["班主任方老师", "父亲"], result="REFUSED",
            )  # fmt: skip

    def confirm_dropout(self, child: str, school: str = SCHOOL) -> None:
        today = self.county.today.isoformat()
        path = f"/children/{child}/dropouts"
        self.does(self.principal("registry", school), path, confirmed_on=today, cause="外出务工")

    def ask_for_a_notice(self, child: str, school: str = SCHOOL) -> str:
        """The school reports the dropout and asks the township to order the child back; the notice's id."""
        principal, today = self.principal("supervision", school), self.county.today.isoformat()
        report = {"duty": "REPORT_DROPOUT", "reported_on": today, "document": "青石小报〔1〕号"}
        self.does(principal, f"/cases/{child}/reports", **report)
        self.does(principal, f"/cases/{child}/notice-requests", facts="多次劝返，监护人拒绝送其返校。")
        (notice,) = self.county.rows("supervision", "return-notices", child_id=child, status="REQUESTED")
        return str(notice["_id"])

    def issue(self, notice: str, division: str = TOWNSHIP) -> None:
        path, today = f"/return-notices/{notice}/issues", self.county.today.isoformat()
        self.does(self.township("supervision", division), path, issued_on=today)

    def serve(self, notice: str, division: str = TOWNSHIP) -> None:
        self.does(
            self.township("supervision", division), f"/return-notices/{notice}/services",
            method="DIRECT", served_on=self.county.today.isoformat(), servers=["温主任", "方干事"], signer="监护人",
        )  # fmt: skip
