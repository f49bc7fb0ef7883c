"""The search through all files, as a job: harmless to repeat, for a pair known before gives nothing new."""

from collections.abc import Iterator
from datetime import date

from services.registry.children.ids import ChildId
from services.registry.children.statuses import ENDED
from services.registry.duplicates.decisions import FindDuplicate
from services.registry.duplicates.matching import Pair, Person, limits, pairs
from services.registry.duplicates.pair import pair_id
from services.registry.imports.intents import in_chunks
from shared.kernel.commands import Order, Outcome
from shared.kernel.criteria import conjunction
from shared.kernel.deadlines import derived_id
from shared.kernel.jobs import JobRun
from shared.kernel.store import Store
from shared.runtime import Runtime

JOB_KIND = "find-duplicates"
AT_ONCE = 200
FIELDS = ("name", "sex", "birth_date", "guardian_name", "id_index", "division")


def search(runtime: Runtime, job: JobRun) -> None:
    """Counts: `files` compared, `pairs` found, `new` ones among them."""
    people = list(everybody(runtime.store, job))
    found = list(pairs(people, limits()))
    new = done = 0
    for chunk in in_chunks(found, AT_ONCE):
        outcomes = runtime.application.execute_many([_order(pair, job) for pair in chunk])
        new += sum(isinstance(outcome, Outcome) and bool(outcome.events) for outcome in outcomes)
        done += len(chunk)
        job.progress(done, len(found), {"pairs": done, "new": new})
    job.finish({"files": len(people), "pairs": len(found), "new": new})


def everybody(store: Store, job: JobRun) -> Iterator[Person]:
    """The files in the caller's scope that are still kept."""
    asked = conjunction([{"status": {"$nin": [status.value for status in ENDED]}}, job.caller.scope.criteria()])
    for row in store.ledger_collection("children").find(asked, dict.fromkeys(FIELDS, 1)):
        yield Person(
            id=ChildId(row["_id"]),
            name=row["name"],
            sex=row["sex"],
            birth_date=date.fromisoformat(row["birth_date"]),
            guardian_name=row.get("guardian_name") or "",
            id_index=row.get("id_index"),
            division=row["division"],
        )


def _order(pair: Pair, job: JobRun) -> Order:
    first, second = pair.first.id, pair.second.id
    command = FindDuplicate(child_id=first, other_id=second, reason=pair.reason, division=pair.division)
    return Order(command=command, command_id=derived_id(JOB_KIND, job.id, pair_id(first, second)), caller=job.caller)
