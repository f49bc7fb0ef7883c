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
from shared.calendar import CalendarChanges, CalendarContent, changes_between, shipped_calendar
from shared.calendar.live import asks
from tests import calendars
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.shared.http.client import Client

SignIn = Callable[..., Client]
LOADS = asks(shipped_calendar(), load_calendar)
TODAY = on(calendars.date(2026, 11, 20))
OVERLAP = '[[term]]\nid = "2026-autumn"\nfirst = 2026-09-01\nlast = 2027-02-28\n'


def loaded(text: str, before: str = "") -> CalendarLoaded:
    known = calendars.content(before) if before else CalendarContent()
    content = calendars.content(text)
    after = known.replaced_by(content).over(shipped_calendar())
    return CalendarLoaded(
        county_code="",
        document="国办发明电〔2026〕9号",
        content=content,
        changes=changes_between(known.over(shipped_calendar()), after, content),
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
    gone = once.when(LOADS, load(calendars.nothing(2026)), TODAY).then(loaded(calendars.nothing(2026), FARMING))
    assert gone.state.content.over(shipped_calendar()).holidays == ()


def test_terms_that_overlap_are_refused() -> None:
    given(CALENDARS).when(LOADS, load(OVERLAP), TODAY).then_refused("terms-overlap")


def test_a_school_holiday_outside_the_terms_is_refused() -> None:
    summer = calendars.farming(calendars.date(2026, 8, 3), calendars.date(2026, 8, 7))
    refusal = given(CALENDARS).when(LOADS, load(summer), TODAY).then_refused("school-holiday-outside-terms")
    assert "农忙假" in refusal.zh


def only_new_year(year: int) -> str:
    return f'year = {year}\n[[holiday]]\nname = "元旦"\nfirst = {year}-01-01\nlast = {year}-01-03\n'


def test_a_year_without_one_of_its_festivals_is_refused_by_name() -> None:
    refusal = given(CALENDARS).when(LOADS, load(only_new_year(2026)), TODAY).then_refused("festivals-missing")
    assert all(name in refusal.zh for name in ("春节", "清明节", "劳动节", "端午节", "国庆节", "中秋节"))
    assert "元旦" not in refusal.zh
    astray = calendars.NOTICE_2027.replace("2027-06-09", "2027-07-09")
    refusal = given(CALENDARS).when(LOADS, load(astray), TODAY).then_refused("festivals-missing")
    assert "端午节（2027-06-09）" in refusal.zh
    short = calendars.NOTICE_2027.replace("2027-10-07", "2027-10-02")
    refusal = given(CALENDARS).when(LOADS, load(short), TODAY).then_refused("festivals-missing")
    assert "国庆节（2027-10-01至2027-10-03）" in refusal.zh


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_shipped_arrangements_lack_no_festival(year: int) -> None:
    arrangement = shipped_calendar().working.arrangements[year]
    command = LoadCalendar(document="国办", content=CalendarContent(arrangements=(arrangement,)))
    (event,) = given(CALENDARS).when(LOADS, command, TODAY).events
    assert event.changes == CalendarChanges()


@pytest.mark.parametrize(
    "text",
    [
        only_new_year(2072),
        only_new_year(2024),
        calendars.farming(calendars.date(2062, 10, 12), calendars.date(2062, 10, 16)),
        '[[term]]\nid = "2072-autumn"\nfirst = 2072-09-01\nlast = 2073-01-20\n',
    ],
)
def test_a_year_that_is_far_away_is_refused(text: str) -> None:
    refusal = given(CALENDARS).when(LOADS, load(text), TODAY).then_refused("calendar-year-out-of-range")
    assert "2025年至2028年" in refusal.zh


def test_what_is_loaded_says_which_days_off_it_takes_away() -> None:
    short = calendars.year_with(calendars.date(2026, 12, 1), calendars.date(2026, 12, 4)).replace(
        "first = 2026-10-01\nlast = 2026-10-07\nworkdays = [2026-09-20, 2026-10-10]",
        "first = 2026-10-01\nlast = 2026-10-05\nworkdays = [2026-10-10]",
    )
    assert loaded(short).changes.sentences() == [
        "不再放假、恢复上课或上班：国庆节 2026-10-06至2026-10-07。",
        "新增放假：周末 2026-09-20、秋假 2026-12-01至2026-12-04。",
    ]
    gone = loaded(calendars.nothing(2026), FARMING).changes
    assert gone.sentences() == ["不再放假、恢复上课或上班：农忙假 2026-10-12至2026-10-16。"]
    announced = loaded(calendars.NOTICE_2027).changes
    assert announced.removed == ()
    assert "调休上班：2027-01-31、2027-02-20、2027-05-08。" in announced.sentences()
    later = loaded('[[term]]\nid = "2027-spring"\nfirst = 2027-03-01\nlast = 2027-07-16\n').changes
    assert [each.name for each in later.removed] == ["学期之外"]
    assert later.added[0].first_day == calendars.date(2027, 2, 22)


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
    assert (answer.json["changes"]["removed"], "调休上班：2027-01-31" in answer.json["message"]) == ([], True)
    (row,) = bureau.get("/ledgers/calendars").json["rows"]
    assert row["cells"]["document"] == "国办发明电〔2026〕9号"
    assert "2027年放假安排：元旦放假3天" in row["cells"]["summary"]
    assert "新增放假：" in row["cells"]["changes"]


def test_a_comparison_names_what_would_be_withdrawn_and_loads_nothing(bureau: Client, sign_in: SignIn) -> None:
    assert post(bureau, FARMING)[0] == 201
    compared = bureau.post("/calendars/comparisons", {"content": calendars.nothing(2026)})
    assert compared.status_code == 200
    (gone,) = compared.json["changes"]["removed"]
    assert (gone["name"], gone["first_day"], gone["last_day"]) == ("农忙假", "2026-10-12", "2026-10-16")
    assert "农忙假" in compared.json["message"]
    assert len(bureau.get("/calendars").json["school_holidays"]) == 1
    refused = bureau.post("/calendars/comparisons", {"content": only_new_year(2027)})
    assert refused.json["code"] == "festivals-missing"
    assert "没有变动" in bureau.post("/calendars/comparisons", {"content": FARMING}).json["message"]
    clerk = sign_in("township_clerk", division="349921103")
    assert clerk.post("/calendars/comparisons", {"content": FARMING}).status_code == 403


def test_a_repeated_load_is_answered_with_what_it_changed_the_first_time(bureau: Client) -> None:
    body = {"document": "文号", "content": FARMING}
    first = bureau.post("/calendars", body, idempotency_key="k1")
    again = bureau.post("/calendars", body, idempotency_key="k1")
    assert (again.json["message"], again.json["changes"]) == (first.json["message"], first.json["changes"])
    assert "农忙假 2026-10-12至2026-10-16" in first.json["message"]


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
        (" \n", ("文件是空的",)),
        (calendars.NOTICE_2027.replace("2027-02-20", "2027-02-22"), ("第10行", "不是周六、周日")),
        (calendars.NOTICE_2027.replace("2027-10-07", "2027-10-16"), ("第31行", "超过15天")),
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

    def run(*arguments: str, answers: str = "") -> tuple[int, str]:
        result = CliRunner().invoke(
            command, [arguments[0], "--url", "http://registry.invalid", "--token", "t", *arguments[1:]], answers
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


def test_days_off_are_taken_away_only_when_somebody_says_yes(
    nol: Registry, nol_calendar: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "农忙假.toml"
    file.write_text(FARMING, "utf-8")
    assert nol_calendar("load", "--document", "县教〔2026〕1号", str(file))[0] == 0
    file.write_text(calendars.nothing(2026), "utf-8")
    for answer in ("", "n\n"):
        code, told = nol_calendar("load", "--document", "县教〔2026〕2号", str(file), answers=answer)
        assert (code, "农忙假 2026-10-12" in told, "没有载入" in told) == (1, True, True)
    assert nol.events() == 1
    assert nol_calendar("load", "--document", "县教〔2026〕2号", str(file), answers="y\n")[0] == 0
    file.write_text(FARMING, "utf-8")
    assert nol_calendar("load", "--document", "县教〔2026〕3号", str(file))[0] == 0
    file.write_text(calendars.nothing(2026), "utf-8")
    code, told = nol_calendar("load", "--yes", "--document", "县教〔2026〕4号", str(file))
    assert (code, "不再放假" in told, nol.events()) == (0, True, 4)


def test_an_empty_file_is_told_to_be_empty(nol_calendar: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    file = tmp_path / "空.toml"
    file.write_text("\n", "utf-8")
    code, told = nol_calendar("load", "--document", "文号", str(file))
    assert (code, "空.toml 是空的" in told) == (1, True)


def test_no_day_of_the_calendar_is_cut(bureau: Client, nol_calendar: Callable[..., tuple[int, str]]) -> None:
    post(bureau, calendars.NOTICE_2027)
    shown = nol_calendar("show")[1]
    assert all(day in shown for day in ("2027-01-31", "2027-02-20", "2027-05-08", "2026-02-14", "2026-02-28"))
    assert "…" not in shown
