"""What a county's offices file beside the story that the demo plays, so that every route and ledger has something."""

from datetime import date, timedelta
from typing import Any

from services.cli.demo.people import VILLAGE
from services.cli.demo.stage import Stage
from shared.calendar import read_terms
from tests.system.bodies import RESPITE

ID_NUMBERS = ("349921201409031020", "349921201501010011")
NEWCOMER = {"name": "田小禾", "id_number": "349921201503150034"}


def file_papers(stage: Stage) -> None:
    """Two more children of the demo's school, and what is filed about them."""
    today = stage.today()
    first, second = [_register(stage, today, number) for number in ID_NUMBERS]
    _apply(stage, second, today)
    _correct(stage, first, today)
    _transfer(stage, first, today)
    _ask_for(stage, today)
    _place(stage, second, today)
    _count(stage, today)
    appointed = {"post": "PRINCIPAL", "name": "田校长", "filled_on": today.isoformat()}
    _post(stage, "principal", f"leading-groups/{stage.school}/appointments", **appointed)
    _places(stage, today)
    _find_duplicates(stage, first, today)


def _post(stage: Stage, who: str, path: str, **body: Any) -> str:
    """The id of the stream that the fact belongs to."""
    outcome = stage.people.at("registry", who).post(f"/api/v1/{path}", body)
    return str(outcome["stream"]).partition("-")[2]


def _register(stage: Stage, today: date, id_number: str) -> str:
    male, born = int(id_number[16]) % 2, id_number[6:14]
    enrolment = {"school_code": stage.school, "grade": 4, "class_no": 2, "boarder": False}
    return _post(
        stage, "county", "children/registrations",
        name="田晓雨" if male else "田小雨", sex="M" if male else "F", id_number=id_number, division=VILLAGE,
        birth_date=f"{born[:4]}-{born[4:6]}-{born[6:]}", guardian_name="田大山", guardian_relation="父亲",
        enrolment=enrolment | {"enrolled_on": (today - timedelta(days=30)).isoformat()},
    )  # fmt: skip


def _apply(stage: Stage, child: str, today: date) -> None:
    """A suspension is asked for, and waits."""
    days = {"applied_on": today, "from_on": today, "until": today + timedelta(days=90)}
    told = {name: day.isoformat() for name, day in days.items()}
    _post(stage, "principal", f"children/{child}/suspensions", **RESPITE | told)


def _place(stage: Stage, child: str, today: date) -> None:
    """On the federation's list, and waiting for a placement."""
    of_the_federation = {"group": "DISABLED", "source": "残联名册", "from_on": (today - timedelta(days=9)).isoformat()}
    _post(stage, "county", f"children/{child}/group-entries", **of_the_federation)


def _transfer(stage: Stage, child: str, today: date) -> None:
    """A school outside the county asks for a child, and somebody says that it was urged to leave."""
    destination = {"province": "云川省", "school_name": "河口小学", "grade": 4, "out_of_province": True}
    told = _asked(today) | {"destination": destination, "reason": "随父母务工"}
    _post(stage, "principal", f"children/{child}/transfers-out", **told)
    said = {"what": "班主任劝其转学", "reported_by": "家长", "reported_on": today.isoformat()}
    _post(stage, "county", f"children/{child}/push-out-reports", **said)


def _ask_for(stage: Stage, today: date) -> None:
    """The demo's school asks for a child from outside the county."""
    born = {"sex": "M", "birth_date": "2015-03-15", "division": VILLAGE}
    _post(stage, "county", "children/registrations", **NEWCOMER, **born)
    told = {"receiving_school_code": stage.school, "grade": 4, "reason": "随父母返乡"}
    _post(stage, "principal", "transfers", **NEWCOMER, **told, **_asked(today))


def _asked(today: date) -> dict[str, Any]:
    papers = [{"kind": kind, "reference": "1号"} for kind in ("GUARDIAN_APPLICATION", "TRANSFER_FORM")]
    return {"requested_on": today.isoformat(), "papers": papers}


def _correct(stage: Stage, child: str, today: date) -> None:
    """A number and a name are to be corrected."""
    told = {"basis": "户口簿", "requested_on": today.isoformat()}
    number = {"field": "id_number", "new_value": "34992120130901002X"}
    for body in (number, {"field": "name", "new_value": "田小语"}):
        _post(stage, "township", f"children/{child}/corrections", **body, **told)


def _count(stage: Stage, today: date) -> None:
    term = read_terms().term_begun_by(today).id
    _post(stage, "principal", f"schools/{stage.school}/terms/{term}/roster-snapshots")
    counted = {"grade": 4, "class_no": 2, "actual": 2, "counted_on": today.isoformat()}
    extra = [{"kind": "EXTRA", "name": f"田小{each}", "explanation": "学籍号尚未批下"} for each in "雨语"]
    _post(stage, "teacher", f"schools/{stage.school}/terms/{term}/class-counts", **counted, differences=extra)


def _places(stage: Stage, today: date) -> None:
    day = today.isoformat()
    _post(stage, "county", "divisions/registrations", division_code=VILLAGE, name="石坪村", valid_from="2020-01-01")
    named = {"school_code": stage.school, "named_on": day}
    _post(stage, "county", f"townships/{VILLAGE[:9]}/central-schools", **named)
    district = {"name": "第一督学责任区", "inspector": "田督学", "set_on": day}
    _post(stage, "county", f"inspection-districts/{VILLAGE[:6]}/settings", **district)
    numbers = {"poor": False, "households": 120, "people": 480, "three_ones": {"FIRST_SECRETARY": "田书记"}}
    _post(stage, "township", f"villages/{VILLAGE}/profiles", name="石坪村", recorded_on=day, **numbers)
    survey = {"group": "HARDSHIP", "employer": "云岭茶厂", "people": 3, "causes": ["ILLNESS"], "needs": ["MEDICAL"]}
    _post(stage, "township", "workers/surveys", name="田大海", worker_division=VILLAGE, surveyed_on=day, **survey)
    told = {"credit_code": "91349921MA0000000X", "name": "云岭茶厂", "helper": "县教育局"}
    _post(stage, "county", "enterprises/registrations", enterprise_division=VILLAGE, registered_on=day, **told)


def _find_duplicates(stage: Stage, first: str, today: date) -> None:
    county = stage.people.at("registry", "county")
    same = {"name": "田小雨", "sex": "F", "birth_date": "2014-09-03", "division": VILLAGE}
    third = _post(stage, "county", "children/registrations", **same)
    job = county.post("/api/v1/duplicates/searches", {})
    assert county.wait_for_job(job["id"])["state"] == "done"
    merged = {"absorbed_id": third, "reason": "同一人", "merged_on": today.isoformat()}
    _post(stage, "county", f"children/{first}/merges", **merged)
