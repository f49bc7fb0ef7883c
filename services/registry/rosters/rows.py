"""The rosters of the terms as ledgers keep them: one row a school and term, and one a class."""

from typing import assert_never

from services.registry.children.bases import AWAY_BY_RIGHT, KNOWN_ELSEWHERE
from services.registry.rosters.decisions import EXTRA, MISSING
from services.registry.rosters.events import (
    ClassCounted,
    HeadcountReopened,
    HeadcountSignedOff,
    RosterEvent,
    RosterSnapshotTaken,
)
from services.registry.rosters.roster import roster_id
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

COUNTING, SIGNED_OFF, REOPENED = "COUNTING", "SIGNED_OFF", "REOPENED"
STATE_LABELS = {"": "未清点", COUNTING: "清点中", SIGNED_OFF: "校长已签字", REOPENED: "签字后有变动，须重新清点"}


def apply_term(row: Row | None, event: RosterEvent, _: Recorded) -> Row:
    before = row or {"school_code": event.school_code, "term": event.term, "status": "", "frozen": None}
    match event:
        case RosterSnapshotTaken():
            pupils = sum(len(each.pupils) for each in event.classes)
            return before | {"taken_on": event.taken_on.isoformat(), "classes": len(event.classes), "frozen": pupils}
        case ClassCounted():
            return before | {"status": COUNTING}
        case HeadcountSignedOff():
            told = {name: getattr(event, name) for name in ("registered", "actual", "differences")}
            return before | told | {"status": SIGNED_OFF, "signed_off_on": event.signed_off_on.isoformat()}
        case HeadcountReopened():
            reopened = {"reopened_on": event.reopened_on.isoformat(), "changed_classes": event.classes}
            return before | reopened | {"status": REOPENED}
        case _:
            assert_never(event)


def apply_class(_: Row | None, event: ClassCounted, __: Recorded) -> Row:
    return {
        "school_code": event.school_code,
        "term": event.term,
        "grade": event.grade,
        "class_no": event.class_no,
        "registered": event.registered,
        "actual": event.actual,
        "missing": sum(each.kind == MISSING for each in event.differences),
        "extra": sum(each.kind == EXTRA for each in event.differences),
        "explanations": [each.explanation for each in event.differences],
        **{kind.lower(): sum(each.kind == kind for each in event.differences) for kind in sorted(KNOWN_ELSEWHERE)},
        "counted_on": event.counted_on.isoformat(),
        "status": "EQUAL" if all(each.kind in AWAY_BY_RIGHT for each in event.differences) else "DIFFERENT",
    }


TERM_ROSTERS = Ledger(
    name="term-rosters",
    source="registry",
    events=frozenset({RosterSnapshotTaken, ClassCounted, HeadcountSignedOff, HeadcountReopened}),
    apply=apply_term,
    key=lambda event, _: roster_id(event.school_code, event.term),
    indexes=(Index(("term", "status")),),
)
CLASS_COUNTS = Ledger(
    name="class-counts",
    source="registry",
    events=frozenset({ClassCounted}),
    apply=apply_class,
    key=lambda event, _: f"{roster_id(event.school_code, event.term)}:{event.grade}-{event.class_no}",
    indexes=(Index(("term", "school", "grade", "class_no")),),
)
