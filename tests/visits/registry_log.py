"""The registry's log as it reaches this service: whole CloudEvents, with fields that visits never reads."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from shared.calendar import start_of_local_day
from shared.kernel.caller import Place
from shared.kernel.recorded import Recorded, parse_cloud_event, partition_of, to_cloud_event
from tests.visits import examples as ex


@dataclass
class RegistryLog:
    """Numbers events as the registry's log does: gapless in each partition."""

    partitions: int
    positions: Counter[int] = field(default_factory=Counter)

    def tell(self, type_: str, key: str, day: date, place: Place, data: dict[str, Any]) -> Recorded:
        partition = partition_of(key, self.partitions)
        self.positions[partition] += 1
        event = Recorded(
            service="registry",
            partition=partition,
            position=self.positions[partition],
            stream=f"child-{key}",
            version=self.positions[partition],
            type=f"registry.{type_}.v1",
            key=key,
            time=start_of_local_day(day),
            actor="u1",
            place=place,
            correlation="k1",
            causation="",
            occurred_on=day,
            data=data,
        )
        return parse_cloud_event(msgspec.json.encode(to_cloud_event(event)))

    def school(self) -> Recorded:
        data = {
            "school_code": ex.SCHOOL,
            "name": "青石坪九年一贯制学校",
            "kind": "NINE_YEAR",
            "division": "349921103",
            "district": "二片区",
        }
        return self.tell("school-registered", ex.SCHOOL, date(2026, 8, 1), Place("349921103", ex.SCHOOL), data)

    def registered(self, child_id: str, name: str) -> Recorded:
        data = {
            "child_id": child_id,
            "name": name,
            "sex": "F",
            "birth_date": "2016-05-04",
            "of_age": True,
            "id_number": None,
            "id_index": None,
            "division": ex.VILLAGE,
            "household_no": "H1",
            "guardian_name": "赵秀英",
            "guardian_relation": "母亲",
            "guardian_phone": None,
            "guardian_account": None,
            "ethnicity": "汉族",
        }
        return self.tell("child-registered", child_id, date(2026, 8, 31), Place(ex.VILLAGE), data)

    def child(self, child_id: str, name: str, class_teacher: str = "王芳") -> list[Recorded]:
        day, place = date(2026, 8, 31), Place(ex.VILLAGE, ex.SCHOOL)
        enrolled = {
            "child_id": child_id,
            "school_code": ex.SCHOOL,
            "school_name": "青石坪九年一贯制学校",
            "grade": 3,
            "class_no": 2,
            "boarder": True,
            "student_number": None,
            "student_number_index": None,
            "student_number_kind": "",
            "class_teacher": class_teacher,
            "enrolled_on": "2026-08-31",
        }
        return [
            self.registered(child_id, name),
            self.tell("child-enrolled", child_id, day, place, enrolled),
        ]

    def about(self, type_: str, child_id: str, day: date, **data: Any) -> Recorded:
        """A later event on a child of the school."""
        content = {"child_id": child_id, "school_code": ex.SCHOOL, **data}
        return self.tell(type_, child_id, day, Place(ex.VILLAGE, ex.SCHOOL), content)

    def out_of_school(self, child_id: str, name: str, found_on: date = ex.FLAGGED) -> list[Recorded]:
        """A child that no class has, and that was found at no school."""
        data = {
            "child_id": child_id,
            "school_code": "",
            "absent_since": "2026-09-01",
            "found_on": found_on.isoformat(),
            "finding": "LISTS",
            "remark": "",
            "poor": False,
            "cycle": 1,
        }
        place = Place(ex.VILLAGE)
        return [
            self.registered(child_id, name),
            self.tell("out-of-school-child-found", child_id, found_on, place, data),
        ]

    def suspected(self, child_id: str, *, poor: bool = False, cycle: int = 1) -> Recorded:
        more = {"absent_since": "2026-09-01", "flagged_on": ex.FLAGGED.isoformat(), "poor": poor, "cycle": cycle}
        place = {"grade": 3, "class_no": 2, "reason": ""}
        return self.about("suspected-dropout-flagged", child_id, ex.FLAGGED, **more, **place)

    def dropped_out(self, child_id: str) -> Recorded:
        more = {"absent_since": "2026-09-01", "confirmed_on": ex.CONFIRMED.isoformat(), "cause": "WORKING", "cycle": 1}
        return self.about("dropout-confirmed", child_id, ex.CONFIRMED, **more)

    def returned(self, child_id: str, cycle: int = 1) -> Recorded:
        more = {
            "away_since": "2026-09-01",
            "returned_on": ex.RETURNED.isoformat(),
            "after": "DROPPED_OUT",
            "evidence": ["报到单 17"],
            "cycle": cycle,
        }
        return self.about("student-returned", child_id, ex.RETURNED, **more)

    def relapsed(self, child_id: str) -> Recorded:
        more = {
            "absent_since": "2026-10-17",
            "relapsed_on": ex.RELAPSED.isoformat(),
            "poor": True,
            "relapse_count": 1,
            "cycle": 2,
        }
        return self.about("student-relapsed", child_id, ex.RELAPSED, **more)

    def stabilised(self, child_id: str) -> Recorded:
        more = {"returned_on": ex.RETURNED.isoformat(), "stabilised_on": "2026-11-11", "cycle": 1}
        return self.about("return-stabilised", child_id, date(2026, 11, 11), **more)
