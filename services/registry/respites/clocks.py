"""When to think of a renewal, and when time away by right is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.registry.children.child import Child
from services.registry.respites.ending import ExpireRespite, RemindOfRespiteEnd, running
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import SetDeadline


def respite_clocks(child: Child, _: datetime) -> Sequence[SetDeadline]:
    respite = running(child)
    if respite is None:
        return []
    application, day_after = respite.application_id, start_of_local_day(respite.until + timedelta(days=1))
    over = ExpireRespite(child_id=child.id, application_id=application)
    clocks = [SetDeadline(f"respite:{child.id}", day_after, over)]
    if respite.remind_on is None:
        return clocks
    remind = RemindOfRespiteEnd(child_id=child.id, application_id=application)
    return [*clocks, SetDeadline(f"respite-reminder:{child.id}", start_of_local_day(respite.remind_on), remind)]
