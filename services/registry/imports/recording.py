"""Each import as a dated fact: which file, what came of its rows, and how it differs from what was known before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from services.registry.children.files import EnrolChild, RegisterPupil
from services.registry.children.ids import ChildId
from services.registry.class_days.known import ClassKey
from services.registry.imports.report import File, ImportReport, LeftOut
from services.registry.ledgers.views import ON_THE_ROSTER
from services.registry.snapshots.recording import RecordList
from shared.calendar import local_date
from shared.kernel.application import Application
from shared.kernel.caller import Caller
from shared.kernel.commands import Order
from shared.kernel.deadlines import derived_id
from shared.kernel.store import Store

LEFT_OUT_FIELDS = {"status": 1, "name": 1, "school_name": 1}


@dataclass(frozen=True, slots=True)
class Listed:
    """The classes of which a roster speaks, and the pupils that it names."""

    classes: set[ClassKey] = field(default_factory=set)
    pupils: set[ChildId] = field(default_factory=set)

    def note(self, commands: Iterable[Any]) -> None:
        for command in commands:
            enrolment = command.enrolment if isinstance(command, RegisterPupil) else command
            if isinstance(enrolment, EnrolChild):
                self.classes.add((enrolment.school_code, enrolment.grade, enrolment.class_no))
                self.pupils.add(enrolment.child_id)

    def left_out(self, store: Store) -> list[LeftOut]:
        """The pupils of these classes whom the roster does not name, or names in a row that was turned away."""
        children, there = store.ledger_collection("children"), {status.value for status in ON_THE_ROSTER}
        return [
            LeftOut(name=row["name"], school=row["school_name"], grade=grade, class_no=class_no)
            for school, grade, class_no in sorted(self.classes)
            for row in children.find({"school": school, "grade": grade, "class_no": class_no}, LEFT_OUT_FIELDS)
            if row["status"] in there and row["_id"] not in self.pupils
        ]


def makes_known(command: Any) -> bool:
    return isinstance(command, RegisterPupil)


def record_import(file: File, report: ImportReport, application: Application, caller: Caller) -> None:
    """Tell of the import, once for the same file and place, as long as the same of its rows can be taken."""
    scope, counts, file_hash = caller.scope, report.counts, sha256(file.content).hexdigest()
    claim = ("complete",) if file.complete else ()
    good = counts["changed"] + counts["unchanged"]
    ground = (str(good), str(counts["refused"]), *claim)
    id_ = derived_id("import-record", file.kind, scope.division, scope.school, file_hash, *ground)
    command = RecordList(
        list_id=id_,
        kind=file.kind,
        list_on=local_date(application.clock.now()),
        source="",
        file_name=file.name,
        file_hash=file_hash,
        pages=(),
        good=good,
        refused=counts["refused"],
        warned=counts["warned"],
        unread=report.note(),
        new=report.new,
        gone=len(report.left_out),
        changed=counts["changed"] - report.new,
        previous=_previous(application.store, file.kind, caller, id_),
        division=scope.division,
        school=scope.school,
        complete=file.complete,
        presumed=counts["presumed"],
        in_doubt=counts["in_doubt"],
    )
    application.execute(Order(command=command, command_id=id_, caller=caller, fingerprint=file_hash[:32]))


def _previous(store: Store, kind: str, caller: Caller, id_: str) -> str | None:
    """The import of this kind and place before it."""
    place = {"division": caller.scope.division, "school": caller.scope.school}
    earlier = {"kind": kind, "_id": {"$ne": id_}} | place
    found = store.ledger_collection("lists").find_one(earlier, {"_id": 1}, sort=[("imported_at", -1)])
    return None if found is None else str(found["_id"])
