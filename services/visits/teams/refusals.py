"""What is no team."""

from collections.abc import Sequence

from services.visits.household_visits.vocabulary import END_LABELS
from services.visits.plans.state import End
from shared.kernel.refusals import Kind, Refused


class TeamIncomplete(Refused):
    code = "team-incomplete"
    kind = Kind.INVALID

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"“三帮一”小组须由教师、村干部、监护人三人组成，还缺：{'、'.join(missing)}。",
            "a three-help-one team needs a teacher, a village cadre and a guardian",
        )


class TeamOfTheSame(Refused):
    code = "team-of-the-same"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "“三帮一”小组的教师、村干部、监护人须是三个不同的人。",
            "teacher, village cadre and guardian must be three different people",
        )


class PlanIsClosed(Refused):
    code = "plan-is-closed"

    def __init__(self, end: End) -> None:
        super().__init__(
            f"该生的劝返方案已于{end.day:%Y-%m-%d}结束，原因：{END_LABELS[end.reason]}，无需再组建小组。",
            f"the plan was closed on {end.day}: {end.reason}",
        )
