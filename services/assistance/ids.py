"""The ids of this service. They are drawn at the edge and never parsed."""

from typing import NewType

ChildId = NewType("ChildId", str)
FundId = NewType("FundId", str)
ProgrammeId = NewType("ProgrammeId", str)
BatchId = NewType("BatchId", str)

NO_CHILD = ChildId("")
NO_FUND = FundId("")
NO_PROGRAMME = ProgrammeId("")
