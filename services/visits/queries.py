"""What the API reads besides the ledgers."""

from dataclasses import dataclass
from typing import Any

from pymongo import ASCENDING

from services.visits.ids import ChildId, PhotoHash
from services.visits.ledgers.household_visits import HOUSEHOLD_VISITS
from services.visits.ledgers.persuasion_attempts import PERSUASION_ATTEMPTS
from services.visits.ledgers.photos import PHOTOS
from services.visits.ledgers.plans import PLANS
from services.visits.ledgers.stability_checks import STABILITY_CHECKS
from services.visits.plans.state import PLANS as CHILD_PLANS
from shared.kernel.caller import Place, Scope
from shared.kernel.ledgers import KERNEL_FIELDS, Ledger, Row
from shared.kernel.refusals import NotFound
from shared.kernel.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFile:
    """Everything on one child: the plan, and each visit, attempt and return in order of their keys."""

    plan: Row
    visits: list[Row]
    attempts: list[Row]
    returns: list[Row]
    version: int


def child_file(store: Store, scope: Scope, child_id: ChildId) -> ChildFile:
    """Raises NotFound, also out of scope."""
    version = _version(store, CHILD_PLANS.stream(child_id))
    plan = store.ledger_collection(PLANS.name).find_one({"_id": child_id, **scope.criteria()})
    if plan is None:
        raise NotFound(child_id)
    return ChildFile(
        plan=_content(plan),
        visits=_rows(store, HOUSEHOLD_VISITS, child_id, "opened_on"),
        attempts=_rows(store, PERSUASION_ATTEMPTS, child_id, "cycle", "attempt_no"),
        returns=_rows(store, STABILITY_CHECKS, child_id, "cycle"),
        version=version,
    )


def photo_media_type(store: Store, scope: Scope, photo: PhotoHash) -> str:
    """The media type of an uploaded photograph. Raises NotFound, also out of scope."""
    row = store.ledger_collection(PHOTOS.name).find_one({"_id": photo})
    if row is None or not row["uploaded"] or not scope.covers(Place(row["division"], row["school"])):
        raise NotFound(f"photo {photo}")
    return str(row["media_type"])


def _rows(store: Store, ledger: Ledger, child_id: ChildId, *order: str) -> list[Row]:
    found = store.ledger_collection(ledger.name).find({"child_id": child_id})
    return [_content(row) for row in found.sort([(field, ASCENDING) for field in order])]


def _content(row: dict[str, Any]) -> Row:
    return {name: value for name, value in row.items() if name not in KERNEL_FIELDS}


def _version(store: Store, stream: str) -> int:
    """Read before the rows: should the stream change in between, If-Match with this version is refused."""
    return store.events.count_documents({"stream": stream})
