"""What more than one part of the visits service refuses."""

from shared.kernel.refusals import Refused


class ChildIsNotAway(Refused):
    """Only a child that is away can be visited or persuaded to come back."""

    code = "child-is-not-away"

    def __init__(self) -> None:
        super().__init__(
            "该生目前在校，不在疑似辍学或辍学名单中，不能登记劝返。",
            "the child is in school: there is nobody to persuade",
        )
