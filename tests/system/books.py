"""What must hold of a county after any fault."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from services.registry.children.statuses import Attendance
from shared.kernel.recorded import Recorded
from shared.kernel.verify import verify_ledger, verify_log
from tests.system.fire import Fire

POSTED = {
    "registry": ("child-registered", "absence-recorded", "dropout-confirmed", "student-returned"),
    "visits": ("persuasion-attempted", "household-visit-recorded"),
    "assistance": ("fund-received", "programme-opened", "batch-started", "batch-approved", "batch-sent-to-bank"),
}
"""Events that only people's commands make, by service."""

AWAY_CASES = {"OPENED", "TEAM_ASSIGNED", "PERSUADING", "REPORTED_UP", "LEGAL_ESCALATED"}
AGREED: dict[Attendance, tuple[set[str], set[str], str]] = {
    Attendance.ABSENT_UNEXCUSED: ({""}, {""}, "ACTIVE"),
    Attendance.SUSPECTED_DROPOUT: ({"PERSUADING"}, AWAY_CASES, "HELD"),
    Attendance.DROPPED_OUT: ({"PERSUADING"}, AWAY_CASES, "SUSPENDED"),
    Attendance.RETURNED_PROBATION: ({"FOLLOWING_UP"}, {"VERIFYING"}, "ACTIVE"),
}
"""The propagation matrix: the visits' plan, the return case, the entitlement."""


def assert_everything_holds(fire: Fire) -> None:
    assert_acknowledged_is_recorded_once(fire)
    assert_logs_and_ledgers_are_whole(fire)
    assert_ledgers_agree(fire)
    assert_money_is_conserved(fire)


def assert_acknowledged_is_recorded_once(fire: Fire) -> None:
    """Every acknowledged event is in its log, once, and no command had a second effect that nobody was told of."""
    recorded = {event.id: event for name in fire.services for event in log_of(fire, name)}
    told = [id_ for _, events in fire.town.acknowledged for id_ in events]
    assert [id_ for id_, times in Counter(told).items() if times > 1] == []
    assert set(told) <= recorded.keys()
    types = {f"{service}.{words}.v1" for service, posted in POSTED.items() for words in posted}
    of_people = {id_: event.type for id_, event in recorded.items() if event.type in types}
    assert {event.type for event in recorded.values()} >= types, "the test would show nothing"
    assert {id_: type_ for id_, type_ in of_people.items() if id_ not in told} == {}


def assert_logs_and_ledgers_are_whole(fire: Fire) -> None:
    for name, runtime in fire.services.items():
        assert list(verify_log(runtime.store)) == [], name
        for ledger in runtime.service.ledgers:
            assert list(verify_ledger(runtime.store, ledger, runtime.sources)) == [], f"{name}/{ledger.name}"
        parked = [(each["_id"], each["error"]) for each in runtime.store.parked.find({})]
        assert parked == [], name


def assert_ledgers_agree(fire: Fire) -> None:
    status = {row["_id"]: row["status"] for row in rows(fire, "registry", "children")}
    plans = {row["_id"]: row["status"] for row in rows(fire, "visits", "persuasion-plans")}
    cases = {row["_id"]: row["status"] for row in rows(fire, "supervision", "return-cases")}
    rights = {row["child_id"]: row["status"] for row in rows(fire, "assistance", "entitlements")}
    assert status == {child: story.ends for child, story in fire.town.children.items()}
    for child, attendance in status.items():
        plan, case, right = AGREED[Attendance(attendance)]
        seen = (plans.get(child, ""), cases.get(child, ""), rights[child])
        assert seen[0] in plan, (child, attendance, seen)
        assert seen[1] in case, (child, attendance, seen)
        assert seen[2] == right, (child, attendance, seen)


def assert_money_is_conserved(fire: Fire) -> None:
    """Fund = lines = bank files, and nobody is paid twice for a programme and term."""
    lines = rows(fire, "assistance", "payment-lines")
    paid = sum(line["amount_fen"] for line in lines if line["claim"] == "PAID")
    unpaid = sum(line["amount_fen"] for line in lines if line["claim"] in ("IN_BATCH", "READY", "RETURNED"))
    [fund] = rows(fire, "assistance", "funds")
    assert (fund["paid_fen"], fund["committed_fen"]) == (paid, unpaid)
    assert fund["received_fen"] == fund["available_fen"] + unpaid + paid
    assert paid > 0
    settled = [event.data for event in log_of(fire, "assistance") if event.type == "assistance.payment-settled.v1"]
    claims = Counter((each["child_id"], each["programme_id"], each["period"]) for each in settled)
    assert [claim for claim, times in claims.items() if times > 1] == []
    batches = {row["_id"]: row for row in rows(fire, "assistance", "batches")}
    for batch, asked in fire.town.bank_files.items():
        assert asked == batches[batch]["paid_fen"] + batches[batch]["returned_fen"]
    assert paid == sum(row["paid_fen"] for row in batches.values())


def rows(fire: Fire, service: str, ledger: str) -> list[dict[str, Any]]:
    return list(fire.services[service].store.ledger_collection(ledger).find({}))


def log_of(fire: Fire, service: str) -> Iterator[Recorded]:
    store = fire.services[service].store
    for partition in range(store.partitions):
        yield from store.read_partition(partition, 0, 10**6)
