"""Random lives: deeds at random, each tried whether or not it is allowed, and what came of it told to the model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from services.cli.demo.people import COUNTY, VILLAGE
from shared.identifiers.resident_id import check_character
from tests.whole_county.county import WholeCounty
from tests.whole_county.life import AT_SCHOOL, AWAY, LEFT_FOR_GOOD, Life, Stand
from tests.whole_county.people import Staff

BEGINS, ENDS = date(2026, 10, 8), date(2026, 12, 28)  # between two holidays every day counts
SCHOOLS = {"2134000001": "349921101", "2134000002": "349921102", "2134000003": "349921101"}
VILLAGES = (VILLAGE, "349921101202", "349921102201")
NAMES = ("田小满", "苗青禾", "江晚舟", "石望山", "温小雨", "程远山", "方知秋", "陆春生", "安小河", "白露生")
WEEK = timedelta(days=8)
SICK = [{"kind": "GUARDIAN_APPLICATION", "reference": "1号"}, {"kind": "MEDICAL_PROOF", "reference": "2号"}]

Deed = Callable[["Lives", Life], None]


@dataclass
class Lives:
    """The children of a county, and what happens to them."""

    county: WholeCounty
    staff: Staff
    random: Random
    lives: list[Life] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    def begin(self, children: int) -> None:
        for code, township in SCHOOLS.items():
            self.staff.open_school(code, f"第{code[-1]}小学", township)
        for township in sorted({village[:9] for village in VILLAGES}):
            self.staff.name_township(township, f"{township[-3:]}乡")
        for village in VILLAGES:
            named = {"name": f"{village[-3:]}村", "division_code": village, "valid_from": "2020-01-01"}
            self.staff.does(self.staff.bureau("registry"), "/divisions/registrations", **named)
        for number, name in enumerate(NAMES[:children]):
            self._register(number, name)
        self.county.wait_until(BEGINS)

    def _register(self, number: int, name: str) -> None:
        school, village = self.random.choice(list(SCHOOLS)), self.random.choice(VILLAGES)
        first_17 = f"34992120160501{2 * number + 1:03}"
        id_number = first_17 + check_character(first_17)
        id_ = self.staff.register(name, school=school, division=village, id_number=id_number)
        self.lives.append(Life(id_, name, id_number, school, village))

    # -- time

    def pass_days(self, days: int) -> None:
        self.county.wait_until(self.county.today + timedelta(days=days))
        for life in self.lives:
            life.time_passes(self.county.today)

    def a_week_in_which_some_stay_away(self) -> None:
        """Seven days are entered on the eighth; on the ninth who misses them is a suspect, or was one."""
        since, last = self.county.today, self.county.today + WEEK - timedelta(days=1)
        stay = [life for life in self.lives if life.stand in AT_SCHOOL and self.random.random() < 0.4]
        stay = [each for each in stay if each.returned_on is None or since >= each.returned_on + timedelta(days=31)
                or last < each.returned_on + timedelta(days=29)]  # fmt: skip
        self.county.wait_until(last)
        for life in stay:
            self.staff.enter_absence(life.id, since, until=last, school=life.school)
            life.story.append(f"{since} away, entered on {last}")
            life.stays_away(since)
        self.pass_days(1)

    # -- deeds

    def is_taken(self, life: Life, what: str, *answers: str) -> bool:
        """Whether all of a deed's requests were taken; it goes into the story."""
        told = "、".join(each for each in answers if each)
        life.story.append(f"{self.county.today} {what}: {told or 'done'}")
        return not told

    def post(self, who: str, service: str, life: Life, path: str, **body: Any) -> str:
        place = life.division[:9] if who == "township" else life.school
        client = self.staff.bureau(service) if who == "bureau" else getattr(self.staff, who)(service, place)
        return self.staff.tries(client, f"/children/{life.id}/{path}", **body)

    @property
    def today(self) -> str:
        return self.county.today.isoformat()


def persuade(lives: Lives, life: Life) -> None:
    body = {"method": "VISIT", "attempted_on": lives.today, "persons": ["方老师"], "place": "HOME"}
    taken = lives.is_taken(
        life, "persuaded", lives.post("teacher", "visits", life, "attempts", result="REFUSED", **body)
    )
    history = life.ended_on == lives.county.today  # an attempt of the day on which they went, or came back
    assert taken == (life.stand in AWAY or history), life
    life.attempts += taken


def confirm(lives: Lives, life: Life) -> None:
    answer = lives.post("principal", "registry", life, "dropouts", confirmed_on=lives.today, cause="外出务工")
    taken = lives.is_taken(life, "confirmed", answer)
    if life.stand is Stand.DROPPED_OUT:
        return  # the same said again changes nothing
    assert taken == life.can_be_confirmed(lives.county.today), life
    if taken:
        life.stand = Stand.DROPPED_OUT


def come_back(lives: Lives, life: Life) -> None:
    body = {"school_code": life.school, "returned_on": lives.today, "evidence": ["报到单"]}
    taken = lives.is_taken(life, "back", lives.post("teacher", "registry", life, "returns", **body))
    assert taken == (life.stand in AWAY), life
    if taken:
        life.comes_back(lives.county.today)


def ask_for_a_notice(lives: Lives, life: Life) -> None:
    principal = lives.staff.principal("supervision", life.school)
    report = {"duty": "REPORT_DROPOUT", "reported_on": lives.today, "document": "1号"}
    lives.staff.tries(principal, f"/cases/{life.id}/reports", **report)
    answer = lives.staff.tries(principal, f"/cases/{life.id}/notice-requests", facts="多次劝返无效。")
    if lives.is_taken(life, "notice asked for", answer):
        assert life.stand is Stand.DROPPED_OUT, life
        life.notice = True


def issue_notices(lives: Lives, life: Life) -> None:
    township = lives.staff.township("supervision", life.division[:9])
    for notice in lives.county.rows("supervision", "return-notices", child_id=life.id):
        body = {"issued_on": lives.today}
        issued = lives.is_taken(
            life, "issued", lives.staff.tries(township, f"/return-notices/{notice['_id']}/issues", **body)
        )
        served = {"method": "DIRECT", "served_on": lives.today, "servers": ["方干事", "温主任"], "signer": "监护人"}
        lives.is_taken(
            life, "served", lives.staff.tries(township, f"/return-notices/{notice['_id']}/services", **served)
        )
        assert not issued or life.stand is Stand.DROPPED_OUT, life


def die(lives: Lives, life: Life) -> None:
    papers = [{"kind": "DEATH_CERTIFICATE", "reference": "1号"}]
    answer = lives.post("township", "registry", life, "deaths", died_on=lives.today, papers=papers)
    if lives.is_taken(life, "died", answer):
        life.ends(Stand.DEAD, lives.county.today)


def go_abroad(lives: Lives, life: Life) -> None:
    papers = [{"kind": "EXIT_PROOF", "reference": "1号"}]
    body = {"country": "老挝", "left_on": lives.today, "papers": papers}
    if lives.is_taken(life, "abroad", lives.post("township", "registry", life, "departures-abroad", **body)):
        life.ends(Stand.ABROAD, lives.county.today)


def study_elsewhere(lives: Lives, life: Life) -> None:
    body = {
        "province": "云川省", "city": "云川市", "county": "河口县", "school_name": "河口小学", "grade": 4,
        "out_of_province": True, "verifier": "周远", "confirmed_on": lives.today,
        "papers": [{"kind": "IN_SCHOOL_CERTIFICATE", "reference": "1号"}],
    }  # fmt: skip
    if lives.is_taken(life, "elsewhere", lives.post("bureau", "registry", life, "elsewhere-confirmations", **body)):
        life.ends(Stand.ELSEWHERE, lives.county.today)


def change_school(lives: Lives, life: Life) -> None:
    """A transfer through all four parties, to the first day in class."""
    to = lives.random.choice([code for code in SCHOOLS if code not in {life.school} | lives.closed])
    papers = [{"kind": kind, "reference": "1号"} for kind in ("GUARDIAN_APPLICATION", "TRANSFER_FORM")]
    receiving, day = lives.staff.principal("registry", to), {"confirmed_on": lives.today}
    asked = lives.staff.tries(
        receiving, "/transfers", id_number=life.id_number, name=life.name, receiving_school_code=to, grade=4,
        reason="随父母迁居", requested_on=lives.today, papers=papers,
    )  # fmt: skip
    if not lives.is_taken(life, f"transfer to {to}", asked):
        return
    confirmations = f"/children/{life.id}/transfer-confirmations"
    bureau, sending = lives.staff.bureau("registry"), lives.staff.principal("registry", life.school)
    answers = [
        lives.staff.tries(bureau, confirmations, receipt="1号", **day),
        lives.staff.tries(sending, confirmations, left_on=lives.today, **day),
        lives.staff.tries(bureau, confirmations, receipt="2号", **day),
    ]
    if not lives.is_taken(life, "transferred", *answers):
        return
    life.school = to
    if life.stand is Stand.ELSEWHERE:
        life.stand = Stand.IN_SCHOOL
    arrived = lives.staff.tries(receiving, f"/children/{life.id}/transfer-arrivals", arrived_on=lives.today)
    assert lives.is_taken(life, "in class", arrived) == (life.stand not in AWAY), life


def correct_the_division(lives: Lives, life: Life) -> None:
    to = lives.random.choice([village for village in VILLAGES if village != life.division])
    body = {"field": "division", "new_value": to, "basis": "户口簿", "requested_on": lives.today}
    if not lives.is_taken(life, f"to live in {to}", lives.post("township", "registry", life, "corrections", **body)):
        return
    [asked] = lives.county.rows("registry", "corrections", child_id=life.id, status="REQUESTED")
    path = f"/children/{life.id}/corrections/{asked['_id'].partition(':')[2]}/steps"
    hands = {"VILLAGE_REVIEWED": "a", "TOWNSHIP_ACCEPTED": "b", "ENTERED_IN_NATIONAL_SYSTEM": "a", "CONFIRMED": "b"}
    answers = [
        lives.staff.tries(
            lives.county.at("registry", "bureau_officer", division=COUNTY, subject=hand), path,
            step=step, advanced_on=lives.today, reference="" if step != "ENTERED_IN_NATIONAL_SYSTEM" else "1号",
        )
        for step, hand in hands.items()
    ]  # fmt: skip
    if lives.is_taken(life, f"lives in {to}", *answers):
        life.division = to


def close_a_school(lives: Lives, life: Life) -> None:
    if lives.closed:
        return
    to = lives.random.choice([code for code in SCHOOLS if code != life.school])
    hand_over = {"assets": "校舍由乡镇看护", "records": "档案已移交", "taken_over_by": "方大山"}
    body = {"receiving_school_code": to, "closed_on": lives.today, "hand_over": hand_over}
    answer = lives.staff.tries(lives.staff.bureau("registry"), f"/schools/{life.school}/closures", **body)
    former = life.school
    lives.closed.add(former)
    for each in lives.lives:
        if (
            each.school == former
            and each.stand not in LEFT_FOR_GOOD
            and lives.is_taken(each, f"{former} closed for {to}", answer)
        ):
            each.school = to


def suspend(lives: Lives, life: Life) -> None:
    """Asked for by the school, approved by the bureau."""
    days = {"applied_on": lives.today, "from_on": lives.today, "until": "2027-06-30"}
    asked = lives.post("principal", "registry", life, "suspensions", papers=SICK, **days)
    if not lives.is_taken(life, "suspension asked for", asked):
        return
    [waiting] = lives.county.rows("registry", "respites", child_id=life.id, status="APPLIED")
    approved = {"approved_on": lives.today, "papers": [*SICK, {"kind": "APPROVAL", "reference": "3号"}]}
    path = f"applications/{waiting['_id'].partition(':')[2]}/approvals"
    if lives.is_taken(life, "suspended", lives.post("bureau", "registry", life, path, **approved)):
        life.ends(Stand.SUSPENDED, lives.county.today)


def merge_a_second_file(lives: Lives, life: Life) -> None:
    """Somebody registered them once more, at no school; the files are made one."""
    second = lives.staff.register(life.name, school=None, division=life.division)
    body = {"absorbed_id": second, "reason": "同一人", "merged_on": lives.today}
    if lives.is_taken(life, "merged", lives.post("bureau", "registry", life, "merges", **body)):
        for service, ledger in (("visits", "household-visits"), ("supervision", "return-cases")):
            assert not [row for row in lives.county.rows(service, ledger, child_id=second) if row["status"] == "OPEN"]


DEEDS: Sequence[Deed] = (
    persuade, persuade, persuade, confirm, confirm, come_back, ask_for_a_notice, ask_for_a_notice, issue_notices,
    die, go_abroad, study_elsewhere, change_school, correct_the_division, close_a_school, suspend,
    merge_a_second_file,
)  # fmt: skip
