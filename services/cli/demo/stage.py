"""The stage of the demo: posting facts, waiting until they have landed, looking into ledgers, moving the clock."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from services.cli.demo.people import People
from services.cli.demo.report import Check, Landing, LedgerView, Report

LANDED_WITHIN_S = 30.0
LOOK_EVERY_S = 0.03

LEDGERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("registry", "not-enrolled", ("sought_on",)),
    ("registry", "suspected-dropouts", ("absent_since", "cycle")),
    ("registry", "dropouts", ("dropped_out_on",)),
    ("registry", "returned-probation", ("returned_on",)),
    ("visits", "household-visits", ("status", "due_on")),
    ("visits", "return-teams", ("status", "teacher")),
    ("visits", "stability-checks", ("status",)),
    ("assistance", "entitlements", ("status", "reason")),
    ("assistance", "payment-lines", ("status", "amount_fen")),
    ("supervision", "return-cases", ("status", "cycle")),
    ("supervision", "return-notices", ("status",)),
    ("supervision", "obligations", ("duty", "status")),
)
"""Which ledgers are watched, and which of their columns are shown."""

Cells = Mapping[str, Any]


class Stage:
    """Everything that a scene does goes through here, so that the report misses nothing."""

    def __init__(self, people: People, console: Console) -> None:
        self.people = people
        self.school = people.school
        self.report = Report()
        self._console = console
        self._also: dict[str, str] = {}
        self._villages: dict[str, str] = {}
        self._scene = ""
        self._titles: dict[str, str] = {}

    # -- telling

    def begin(self, scene: str) -> None:
        self._scene = scene
        self._console.rule(scene)

    def say(self, text: str) -> None:
        self._console.print(f"  {text}")

    def expect(self, what: str, actual: Any, expected: Any) -> None:
        """Note that something is as it must be, or is not."""
        check = Check(self._scene, what, expected, actual)
        self.report.checks.append(check)
        mark = "[green]✓[/]" if check.held else f"[red]✗ 应为 {expected}，实为 {actual}[/]"
        self._console.print(f"  {mark} {what}")

    # -- acting

    def post(self, service: str, who: str, path: str, **body: Any) -> Mapping[str, Any]:
        """Post a fact and wait until every reader has applied its events."""
        outcome: Mapping[str, Any] = self.people.at(service, who).post(f"/api/v1/{path}", body)
        for event in outcome["events"]:
            self._wait_landed(service, event)
        return outcome

    def today(self) -> date:
        return date.fromisoformat(self.people.at("registry", "operator").get("/api/v1/clock")["today"])

    def advance_to(self, day: date) -> None:
        """Move the suite's clock to a day that is not over."""
        if (days := (day - self.today()).days) > 0:
            self.advance(days)

    def advance(self, days: int) -> None:
        """Move the suite's clock; what falls due meanwhile happens by itself."""
        self.people.at("registry", "operator").post("/api/v1/clock/advances", {"days": days})
        self.say(f"[dim]时钟前移 {days} 天，今天是 {self.today()}[/]")

    def _wait_landed(self, service: str, event: str) -> None:
        """Collect the receipts of an event once nothing is on its way any more."""
        owner = self.people.at(service, "operator")
        known = self.people.at(service, "reader").get(f"/api/v1/events/{event}")
        receipts = self.until(
            lambda: owner.get(f"/api/v1/events/{event}/receipts")["receipts"],
            lambda found: all(receipt["state"] == "applied" for receipt in found),
        )
        for receipt in receipts:
            ms = _between(known["time"], receipt["at"])
            landing = Landing(event, known["type"], receipt["consumer"], receipt["state"], ms)
            self.report.landings.append(landing)
            if receipt["ledgers"] or receipt["reactions"]:
                self.say(f"[dim]{known['type']} → {landing.consumer}：{landing.state} {ms or 0:.0f} ms[/]")

    # -- looking

    def keyed_rows(self, child: str, service: str, ledger: str) -> list[Mapping[str, Any]]:
        """The child's rows in a ledger with their keys, in the keys' order."""
        api = self.people.at(service, "county")
        village = self._villages.get(child)
        where = {"division": village} if village else {"school": self.school}
        found = [row for row in api.rows(ledger, **where) if self._child_of(row["key"]) == child]
        return sorted(found, key=lambda row: str(row["key"]))

    def lives_in(self, child: str, village: str) -> None:
        """Where the rows of a child lie that no school has."""
        self._villages[child] = village

    def belongs(self, key: str, child: str) -> None:
        """A key that does not begin with the child's id (a notice has its own) is the child's nevertheless."""
        self._also[key] = child

    def _child_of(self, key: str) -> str:
        return self._also.get(key, key.partition(":")[0])

    def rows(self, child: str, service: str, ledger: str) -> list[Cells]:
        """The cells of the child's rows in a ledger."""
        return [row["cells"] for row in self.keyed_rows(child, service, ledger)]

    def await_rows(self, what: str, child: str, service: str, ledger: str, *expected: Cells) -> None:
        """Expect these rows (each with at least these cells) soon."""

        def seen() -> list[Cells]:
            rows = self.rows(child, service, ledger)
            if len(rows) != len(expected):
                return rows
            return [{name: row.get(name) for name in wanted} for row, wanted in zip(rows, expected, strict=True)]

        self.expect(what, self.until(seen, lambda rows: rows == list(expected)), list(expected))

    @contextmanager
    def watching(self, child: str, name: str) -> Iterator[None]:
        """Tell what each ledger says of a child before and after the block."""
        before = self._look(child)
        yield
        after = self._look(child)
        table = Table("服务", "台账", "之前", "之后", title=f"{name}：各台账前后")
        for (service, ledger), told in after.items():
            view = LedgerView(self._scene, name, service, ledger, before[service, ledger], told)
            self.report.ledgers.append(view)
            if view.before != view.after or view.after != "—":
                style = "bold" if view.before != view.after else "dim"
                table.add_row(service, self._titles[ledger], view.before, view.after, style=style)
        self._console.print(table)

    def _look(self, child: str) -> dict[tuple[str, str], str]:
        return {(service, ledger): self._told(child, service, ledger, shown) for service, ledger, shown in LEDGERS}

    def _told(self, child: str, service: str, ledger: str, shown: tuple[str, ...]) -> str:
        page = self.people.at(service, "county").get(f"/api/v1/ledgers/{ledger}", limit=1)
        self._titles[ledger] = page["title"]
        columns = {column["field"]: column for column in page["columns"]}
        rows = [_shown(columns, shown, cells) for cells in self.rows(child, service, ledger)]
        return "；".join(rows) or "—"

    def until(self, look: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
        """Look again and again until it is good or time is up; what was seen last."""
        end = time.monotonic() + LANDED_WITHIN_S
        while not good(found := look()) and time.monotonic() < end:
            time.sleep(LOOK_EVERY_S)
        return found


def _shown(columns: Mapping[str, Any], shown: tuple[str, ...], cells: Cells) -> str:
    parts = []
    for name in shown:
        value = cells.get(name)
        if value not in (None, ""):
            labels = columns.get(name, {}).get("labels", {})
            money = name.endswith("_fen")
            parts.append(f"{value / 100:.2f}元" if money else str(labels.get(str(value), value)))
    return " ".join(parts) or "在册"


def _between(recorded: str, applied: str | None) -> float | None:
    if applied is None:
        return None
    span = datetime.fromisoformat(applied) - datetime.fromisoformat(recorded)
    return span.total_seconds() * 1000
