"""What is no team."""

from collections.abc import Sequence

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

    def __init__(self) -> None:
        super().__init__(
            "该生已稳定在校，劝返方案已销号，无需再组建小组。", "the plan is closed: the child's return is stable"
        )
