"""The posts of the leading groups as a ledger: one row a seat that somebody holds."""

from typing import assert_never

from services.registry.organisations.events import GroupPostEvent, LeadingPostFilled, LeadingPostVacated
from services.registry.organisations.posts import posts
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded


def apply(_: Row | None, event: GroupPostEvent, __: Recorded) -> Row | None:
    match event:
        case LeadingPostFilled(seat=seat):
            post = posts().named(seat.post, event.level)
            return {
                "owner_code": event.owner,
                "owner_name": event.owner_name,
                "level": event.level.value,
                "post": seat.post,
                "line": post.line.value if post else "",
                "department": seat.department,
                "grade": seat.grade,
                "class_no": seat.class_no,
                "name": event.name,
                "filled_on": event.filled_on.isoformat(),
            }
        case LeadingPostVacated():
            return None
        case _:
            assert_never(event)


LEADING_POSTS = Ledger(
    name="leading-posts",
    source="registry",
    events=frozenset({LeadingPostFilled, LeadingPostVacated}),
    apply=apply,
    key=lambda event, _: f"{event.owner}:{event.seat.key}",
)
