"""One row a photograph: whether it was uploaded, and for whom it serves."""

from typing import assert_never

from services.visits.photos.events import PhotoEvent, PhotoUploaded, PhotoUsed
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

USED_ONCE = "USED"
REUSED = "REUSED"
UNUSED = "UNUSED"


def apply(row: Row | None, event: PhotoEvent, recorded: Recorded) -> Row:
    row = row or {"photo": event.photo, "status": UNUSED, "uploaded": False, "children": [], "uses": 0}
    match event:
        case PhotoUploaded():
            return {
                **row,
                "uploaded": True,
                "media_type": event.media_type,
                "size": event.size,
                "uploaded_by": event.uploaded_by,
                "uploaded_on": recorded.occurred_on.isoformat(),
            }
        case PhotoUsed(child_id=child_id):
            children = sorted({*row["children"], child_id})
            status = REUSED if len(children) > 1 else USED_ONCE
            used = {"uses": row["uses"] + 1, "used_on": event.used_on.isoformat()}
            return {
                **row,
                **used,
                "children": children,
                "status": status,
                "first_child": row.get("first_child", child_id),
            }
        case _:
            assert_never(event)


PHOTOS = Ledger(name="photos", source="visits", events=frozenset({PhotoUploaded, PhotoUsed}), apply=apply)
