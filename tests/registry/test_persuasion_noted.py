"""What the visits service tells reaches the child's file, once each however often it is delivered."""

from datetime import UTC, date, datetime
from typing import Any

from services.registry.children.files import RegisterPupil
from services.registry.contracts import VISITS
from services.registry.schools.schools import RegisterSchool
from shared.kernel.caller import Place
from shared.kernel.consumer import Consumer
from shared.kernel.recorded import Recorded, partition_of
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, SCHOOL, enrol, missed, register


def suspected(nol: Registry) -> None:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(RegisterPupil(child=register(), enrolment=enrol()))
    nol.do(missed())
    nol.wait_until(date(2026, 11, 21))


def told(position: int, type_: str, **data: Any) -> Recorded:
    day = date(2026, 11, 21)
    attempt = {"child_id": CHILD, "attempt_no": position, "method": "VISIT", "attempted_on": day.isoformat()}
    return Recorded(
        service="visits",
        partition=partition_of(CHILD, 4),
        position=position,
        stream=f"plan-{CHILD}",
        version=position,
        type=type_,
        key=CHILD,
        time=datetime(2026, 11, 21, tzinfo=UTC),
        actor="u2",
        place=Place("349921101", SCHOOL),
        correlation="k1",
        causation="",
        occurred_on=day,
        data=attempt | data,
    )


ATTEMPTS = [
    told(1, "visits.persuasion-attempted.v1", result="REFUSED", cycle=1),
    told(2, "visits.plan-closed.v1"),
    told(3, "visits.persuasion-attempted.v1", result="AGREED", cycle=1),
    told(4, "visits.persuasion-attempted.v1", result="REFUSED", cycle=9),
]


def test_attempts_are_noted_once_each(nol: Registry) -> None:
    suspected(nol)
    consumer = Consumer(nol.application)
    for batch in (ATTEMPTS[:2], ATTEMPTS, ATTEMPTS):
        taken = consumer.take(batch)
        assert not taken.parked
    row = nol.child(CHILD)
    assert (row["attempts"], row["failed_attempts"], row["last_result"]) == (2, 1, "AGREED")


def test_an_attempt_for_an_unknown_child_is_no_reason_to_stop(nol: Registry) -> None:
    taken = Consumer(nol.application).take(ATTEMPTS)
    assert not taken.parked
    assert nol.events() == 0


def test_every_type_that_visits_publishes_is_known_here() -> None:
    from services.visits.events import EVENTS  # the test may look at both sides, the services may not

    assert {name for name in EVENTS.classes if name not in VISITS.classes and not VISITS.ignores(name)} == set()
