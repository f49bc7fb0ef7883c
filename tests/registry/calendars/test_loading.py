"""Loading the county's calendar: who may, what replaces what, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from services.cli import client
from services.cli.calendar import calendar as command
from services.registry.calendars.events import CalendarLoaded
from services.registry.calendars.loading import CALENDARS, LoadCalendar, load_calendar
from shared.calendar import shipped_calendar
from shared.calendar.live import asks
from tests import calendars
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.shared.http.client import Client

SignIn = Callable[..., Client]
LOADS = asks(shipped_calendar(), load_calendar)
TODAY = on(calendars.date(2026, 11, 20))
OVERLAP = '[[term]]\nid = "2026-autumn"\nfirst = 2026-09-01\nlast = 2027-02-28\n'


def loaded(text: str) -> CalendarLoaded:
    return CalendarLoaded(
        county_code="",
        document="国办发明电〔2026〕9号",
        content=calendars.content(text),
        loaded_on=TODAY.today,
        loaded_by="u1",
    )


def load(text: str) -> LoadCalendar:
    return LoadCalendar(document="国办发明电〔2026〕9号", content=calendars.content(text))


FARMING = calendars.farming(calendars.date(2026, 10, 12), calendars.date(2026, 10, 16))


# -- deciding


def test_the_same_again_changes_nothing_and_another_list_replaces_the_years_list() -> None:
    once = given(CALENDARS).when(LOADS, load(FARMING), TODAY).then(loaded(FARMING))
    once.when(LOADS, load(FARMING), TODAY).then_nothing()
    gone = once.when(LOADS, load(calendars.nothing(2026)), TODAY).then(loaded(calendars.nothing(2026)))
    assert gone.state.content.over(shipped_calendar()).holidays == ()


def test_terms_that_overlap_are_refused() -> None:
    given(CALENDARS).when(LOADS, load(OVERLAP), TODAY).then_refused("terms-overlap")


def test_a_school_holiday_outside_the_terms_is_refused() -> None:
    summer = calendars.farming(calendars.date(2026, 8, 3), calendars.date(2026, 8, 7))
    refusal = given(CALENDARS).when(LOADS, load(summer), TODAY).then_refused("school-holiday-outside-terms")
    assert "农忙假" in refusal.zh


# -- over the API


def post(someone: Client, text: str) -> tuple[int, str]:
    answer = someone.post("/calendars", {"document": "国办发明电〔2026〕9号", "content": text})
    return answer.status_code, answer.json.get("code", "")


@pytest.fixture
def bureau(sign_in: SignIn) -> Client:
    return sign_in("bureau_officer", division="349921")


def test_what_is_loaded_is_in_force_at_once_and_stands_in_the_ledger(bureau: Client) -> None:
    assert bureau.get("/calendars").json["provisional_years"] == [2027]
    answer = bureau.post("/calendars", {"document": "国办发明电〔2026〕9号", "content": calendars.NOTICE_2027})
    assert (answer.status_code, "一分钟后" in answer.json["message"]) == (201, True)
    shown = bureau.get("/calendars").json
    assert (shown["provisional_years"], shown["recomputing"]) == ([], True)
    assert [each["year"] for each in shown["arrangements"]] == [2025, 2026, 2027]
    again = bureau.post("/calendars", {"document": "国办发明电〔2026〕9号", "content": calendars.NOTICE_2027})
    assert "没有变动" in again.json["message"]
    (row,) = bureau.get("/ledgers/calendars").json["rows"]
    assert row["cells"]["document"] == "国办发明电〔2026〕9号"
    assert "2027年放假安排：元旦放假3天" in row["cells"]["summary"]


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("township_clerk", {"division": "349921103"}),
        ("bureau_officer", {"division": "349921103"}),
        ("county_admin", {"division": "3499"}),
        ("school_admin", {"school": "3499210017"}),
        ("auditor", {"division": "349921"}),
        ("operator", {}),
    ],
)
def test_only_the_whole_countys_bureau_loads(sign_in: SignIn, role: str, scope: dict[str, str]) -> None:
    someone = sign_in(role, **scope)
    assert post(someone, FARMING)[0] == 403
    assert someone.get("/calendars").json["school_holidays"] == []


def test_another_countys_bureau_neither_loads_nor_sees_the_ledger(bureau: Client, sign_in: SignIn) -> None:
    assert post(bureau, FARMING)[0] == 201
    other = sign_in("bureau_officer", division="349922")
    assert post(other, calendars.NOTICE_2027) == (404, "not-found")
    assert other.get("/ledgers/calendars").json["rows"] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("year = ", ("文件末尾",)),
        (
            'year = 2027\n[[holiday]]\nname = "元旦"\nfirst = "2027-01-01"\nlast = 2027-01-03\n',
            ("第4行", "first", "引号"),
        ),
        ('year = 2027\n[[holiday]]\nname = "元旦"\nfirst = 2027-01-03\nlast = 2027-01-01\n', ("第5行", "早于")),
        ("year = 2027\n[[holiday]]\nfirst = 2027-01-01\nlast = 2027-01-01\n", ("第2行", "name")),
        (calendars.NOTICE_2027.replace("2027-02-20", "2027-02-06"), ("第10行", "既放假又上班")),
        ('[[school_holiday]]\nname = "农忙假"\nfirst = 2027-05-10\nlast = 2027-05-14\n', ("year",)),
        (f"{FARMING}{FARMING.partition(chr(10))[2]}", ("第8行", "重叠")),
        ('[[term]]\nid = "2027-summer"\nfirst = 2027-07-11\nlast = 2027-08-20\n', ("第2行", "2027-spring")),
        ("year = 2027\n[[holidays]]\n", ("holidays",)),
        ("year = 2027\n", ("没有内容",)),
        ("year = 1\nholiday = 3\n", ("第1行", "year")),
        ("year = " + "[" * 50_000, ("写法有误",)),
        ("year = " + "9" * 5_000, ("写法有误",)),
        ("year = 2027\nholiday = [1]\n", ("holiday",)),
        ("year = 2027\n[[school_holiday]]\nname = 1\nfirst = 2027-05-10\nlast = 2027-05-14\n", ("第3行", "name")),
        ("year = true\nschool_holiday = []\n", ("第1行", "year")),
        ("term = [1]\n", ("term",)),
        (OVERLAP, ("学期",)),
    ],
)
def test_a_wrong_file_is_refused_with_the_place_and_the_remedy(
    bureau: Client, text: str, told: tuple[str, ...]
) -> None:
    answer = bureau.post("/calendars", {"document": "文号", "content": text})
    assert answer.status_code == 422, answer.text
    assert all(word in answer.json["detail"] for word in told), answer.json["detail"]


# -- from the command line


class OverTheApi:
    """The command line's requests, answered by the service itself."""

    def __init__(self, someone: Client) -> None:
        self.someone = someone

    def __enter__(self) -> "OverTheApi":
        return self

    def __exit__(self, *_: object) -> None: ...

    def request(self, method: str, url: str, **more: object) -> httpx.Response:
        path = url.removeprefix("http://registry.invalid/api/v1")
        answer = self.someone.post(path, more.get("json")) if method == "POST" else self.someone.get(path)
        return httpx.Response(answer.status_code, content=answer.data)


@pytest.fixture
def nol_calendar(bureau: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    monkeypatch.setattr(client.httpx, "Client", lambda: OverTheApi(bureau))

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(
            command, [arguments[0], "--url", "http://registry.invalid", "--token", "t", *arguments[1:]]
        )
        return result.exit_code, result.output

    return run


def test_a_file_is_loaded_from_the_command_line_and_shown(
    nol: Registry, nol_calendar: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(calendars.NOTICE_2027, "utf-8")
    assert "2027年放假安排尚未载入" in nol_calendar("show")[1]
    code, told = nol_calendar("load", "--document", "国办发明电〔2026〕9号", str(file))
    assert (code, "一分钟后" in told) == (0, True)
    shown = nol_calendar("show")[1]
    assert "尚未载入" not in shown
    assert "2027-02-11" in shown
    file.write_text("year = 2027\n[[holiday]]\n", "utf-8")
    code, told = nol_calendar("load", "--document", "文号", str(file))
    assert (code, "第2行" in told) == (1, True)
    assert nol.events() == 1
