"""Registry and visits as this service hears them: their events on the wire, positioned as their logs would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shared.kernel.caller import Place
from shared.kernel.recorded import Recorded, partition_of
from tests.kernel.harness import wire
from tests.supervision import facts as f


@dataclass
class Neighbour:
    """One other service's log, which can also be read again from the start.

    `says` appends an event with every field of the published shape.
    """

    service: str
    partitions: int
    log: dict[int, list[Recorded]] = field(default_factory=dict)

    def says(
        self, word: str, at: datetime, data: Mapping[str, Any], child: str = f.CHILD, place: Place | None = None
    ) -> Recorded:
        partition = partition_of(child, self.partitions)
        events = self.log.setdefault(partition, [])
        position = len(events) + 1
        said = Recorded(
            service=self.service,
            partition=partition,
            position=position,
            stream=f"child-{child}",
            version=position,
            type=f"{self.service}.{word}.v1",
            key=child,
            time=at,
            actor="class-teacher",
            place=place or Place(f.VILLAGE, f.SCHOOL),
            correlation="c",
            causation="",
            occurred_on=at.date(),
            data={"child_id": child, **data},
        )
        events.append(wire(said))
        return events[-1]

    def start(self, positions: Sequence[int]) -> None:
        raise NotImplementedError("tests deliver events themselves")

    def poll(self, timeout: float) -> Sequence[Recorded]:
        raise NotImplementedError("tests deliver events themselves")

    def fetch(self, partition: int, after: int, limit: int) -> Sequence[Recorded]:
        return self.log.get(partition, [])[after : after + limit]

    def heads(self) -> Sequence[int]:
        return [len(self.log.get(partition, [])) for partition in range(self.partitions)]

    def close(self) -> None:
        pass


def registered(name: str = "程小禾") -> dict[str, Any]:
    return {
        "name": name,
        "sex": "F",
        "birth_date": "2015-03-04",
        "id_number": None,
        "id_index": None,
        "division": f.VILLAGE,
        "household_no": "349921101205-017",
        "guardian_name": "程大山",
        "guardian_relation": "FATHER",
        "guardian_phone": None,
        "guardian_account": None,
        "ethnicity": "汉族",
    }


def enrolled() -> dict[str, Any]:
    return {
        "school_code": f.SCHOOL,
        "school_name": "青石镇中心小学",
        "grade": 5,
        "class_no": 2,
        "boarder": False,
        "student_number": "",
        "class_teacher": "周远",
        "enrolled_on": "2026-09-01",
    }


def suspected(on: date = f.SUSPECTED_ON, cycle: int = 1) -> dict[str, Any]:
    return {
        "school_code": f.SCHOOL,
        "grade": 5,
        "class_no": 2,
        "absent_since": "2026-09-01",
        "flagged_on": on.isoformat(),
        "poor": True,
        "cycle": cycle,
    }


def relapsed(on: date, cycle: int = 2) -> dict[str, Any]:
    return {
        "school_code": f.SCHOOL,
        "absent_since": on.isoformat(),
        "relapsed_on": on.isoformat(),
        "poor": True,
        "relapse_count": cycle - 1,
        "cycle": cycle,
    }


def returned(on: date, cycle: int = 1) -> dict[str, Any]:
    return {
        "school_code": f.SCHOOL,
        "away_since": "2026-09-01",
        "returned_on": on.isoformat(),
        "after": "SUSPECTED_DROPOUT",
        "evidence": ["返校报到单"],
        "cycle": cycle,
    }


def stabilised(on: date, cycle: int = 1) -> dict[str, Any]:
    return {"school_code": f.SCHOOL, "returned_on": "2026-09-22", "stabilised_on": on.isoformat(), "cycle": cycle}


def attempted(number: int, cycle: int = 1) -> dict[str, Any]:
    return {
        "attempt_no": number,
        "method": "VISIT",
        "attempted_on": "2026-09-12",
        "persons": ["周远"],
        "place": "家中",
        "result": "REFUSED",
        "next_on": None,
        "photos": [],
        "cycle": cycle,
    }


def visited(cycle: int = 1) -> dict[str, Any]:
    return {
        "visit_id": f"v{cycle}",
        "visited_on": "2026-09-09",
        "place": "家中",
        "people": ["周远"],
        "cause": "TIRED_OF_SCHOOL",
        "result": "UNDECIDED",
        "photos": [],
        "recorded_by": "teacher-1",
        "cycle": cycle,
    }


def a_township(code: str = f.TOWNSHIP, name: str = "青石镇") -> dict[str, Any]:
    return {"division_code": code, "name": name, "valid_from": "2020-01-01", "valid_to": None}


def a_school() -> dict[str, Any]:
    return {
        "school_code": f.SCHOOL,
        "name": "青石镇中心小学",
        "kind": "PRIMARY",
        "division": f.TOWNSHIP,
        "district": "",
    }


def transferred(on: date) -> dict[str, Any]:
    """With `place=AT_THE_OTHER_SCHOOL`, as the registry's envelope says it."""
    return {
        "transfer_id": "t1",
        "receiving_school_code": f.OTHER_SCHOOL,
        "receiving_school_name": "白水乡中心小学",
        "former_school_code": f.SCHOOL,
        "former_school_name": "青石镇中心小学",
        "grade": 5,
        "moved_on": on.isoformat(),
    }


AT_THE_OTHER_SCHOOL = Place(f.VILLAGE, f.OTHER_SCHOOL)
ELSEWHERE_IN_THE_COUNTY = Place(f.OTHER_VILLAGE, f.OTHER_SCHOOL)


def died(on: date, cycle: int = 1) -> dict[str, Any]:
    return {"after": "SUSPECTED_DROPOUT", "papers": [], "died_on": on.isoformat(), "cycle": cycle}


def checks_scheduled(on: date, cycle: int = 1) -> dict[str, Any]:
    days = [(on + timedelta(days=each)).isoformat() for each in (3, 10, 30)]
    return {"returned_on": on.isoformat(), "checks": days, "cycle": cycle, "provisional": []}


def checked(number: int, on: date, finding: str = "ATTENDING", cycle: int = 1) -> dict[str, Any]:
    seen = {"check_no": number, "checked_on": on.isoformat(), "finding": finding}
    return {**seen, "recorded_by": "teacher-1", "cycle": cycle}
