"""The search through all files, as a job: harmless to repeat, for a pair known before gives nothing new.

Each search compares the whole scope: a file that has changed may be like any other, and the largest
county takes a minute or less (see docs/benchmarks.md).
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from services.registry.children.ids import ChildId
from services.registry.children.statuses import ENDED
from services.registry.duplicates.decisions import FindDuplicate
from services.registry.duplicates.matching import Pair, search
from services.registry.duplicates.pair import pair_id
from services.registry.duplicates.person import Person
from services.registry.duplicates.weights import weights
from services.registry.imports.intents import in_chunks
from services.registry.personal import PersonalData
from shared.kernel.commands import Order, Outcome
from shared.kernel.criteria import conjunction
from shared.kernel.deadlines import derived_id
from shared.kernel.jobs import JobRun
from shared.kernel.ledgers import Row
from shared.kernel.store import Store
from shared.runtime import Runtime

JOB_KIND = "find-duplicates"
AT_ONCE, READ_AT_ONCE = 200, 10_000
FIELDS = (
    "name",
    "sex",
    "birth_date",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "guardians",
    "household_no",
    "id_index",
    "division",
    "school",
    "grade",
    "class_no",
)


class Files:
    """The files in the caller's scope that are still kept."""

    def __init__(self, store: Store, personal: PersonalData, job: JobRun) -> None:
        self._rows = store.ledger_collection("children")
        self._personal = personal
        kept = {"status": {"$nin": [status.value for status in ENDED]}}
        self._asked = conjunction([kept, job.caller.scope.criteria()])

    def people(self) -> Iterator[Person]:
        for row in self._rows.find(self._asked, dict.fromkeys(FIELDS, 1)):
            yield self._person(row)

    def number_of(self, person: Person) -> str:
        """Opened for the few pairs of which all else has been compared; kept nowhere."""
        row = self._rows.find_one({"_id": person.id}, {"id_number": 1}) or {}
        return self._personal.opened("id_number", row.get("id_number"), person.id) or ""

    def _person(self, row: Row) -> Person:
        id_, phone = ChildId(row["_id"]), row.get("guardian_phone")
        opened = self._personal.opened("guardian_phone", phone, id_)
        return Person(
            id=id_,
            name=row["name"],
            sex=row["sex"],
            birth_date=date.fromisoformat(row["birth_date"]),
            guardian_name=row.get("guardian_name") or "",
            guardian_relation=row.get("guardian_relation") or "",
            more_guardians=tuple(each["name"] for each in row.get("guardians", [])[1:]),
            household_no=row.get("household_no") or "",
            phone_index=self._personal.index_or_none("guardian_phone", opened) or "",
            id_index=row.get("id_index"),
            division=row["division"],
            school=row.get("school") or "",
            grade=row.get("grade") or 0,
            class_no=row.get("class_no") or 0,
        )


def search_files(runtime: Runtime, job: JobRun) -> None:
    """Counts: `files` compared, `pairs` found, `new` ones among them, and `unsearched`: files of which so many are
    alike in what they are found by that they were not all compared with each other.
    """
    files = Files(runtime.store, PersonalData(runtime.ports.cipher, runtime.ports.blind_index), job)
    people = list[Person]()
    for chunk in in_chunks(files.people(), READ_AT_ONCE):
        people += chunk
        job.progress(0, 0, {"files": len(people)})
    still_at_it = partial(job.progress, 0, 0, {"files": len(people)})
    found = search(people, weights(), files.number_of, still_at_it)
    new = done = 0
    for pairs in in_chunks(found.pairs, AT_ONCE):
        outcomes = runtime.application.execute_many([_order(pair, job) for pair in pairs])
        new += sum(isinstance(outcome, Outcome) and bool(outcome.events) for outcome in outcomes)
        done += len(pairs)
        job.progress(done, len(found.pairs), {"pairs": done, "new": new})
    counts = {"files": len(people), "pairs": len(found.pairs), "new": new, "unsearched": len(found.unsearched)}
    job.finish(counts)


def _order(pair: Pair, job: JobRun) -> Order:
    first, second = pair.first.id, pair.second.id
    command = FindDuplicate(
        child_id=first,
        other_id=second,
        level=pair.level,
        agreements=pair.agreements,
        disagreements=pair.disagreements,
        division=pair.division,
    )
    return Order(command=command, command_id=derived_id(JOB_KIND, job.id, pair_id(first, second)), caller=job.caller)
