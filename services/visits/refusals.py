"""What more than one part of the visits service refuses."""

from services.visits.household_visits.vocabulary import END_LABELS
from services.visits.plans.state import End
from shared.kernel.refusals import Refused


class ChildIsNotAway(Refused):
    """Only a child that is away can be persuaded to come back, or was so on the day of which it is told."""

    code = "child-is-not-away"

    def __init__(self, end: End) -> None:
        super().__init__(
            f"该生自{end.day:%Y-%m-%d}起不再需要劝返，原因：{END_LABELS[end.reason]}；"
            "补录此前的劝返，请填写当日或之前的实际日期。",
            f"nobody is to be persuaded after {end.day}: {end.reason}",
        )
