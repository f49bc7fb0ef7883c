"""The ids of this service, drawn at the edge and never parsed; and the numbers of others' documents."""

from typing import NewType

from shared.identifiers.text import compact

ChildId = NewType("ChildId", str)
FundId = NewType("FundId", str)
ProgrammeId = NewType("ProgrammeId", str)
BatchId = NewType("BatchId", str)

NO_CHILD = ChildId("")
NO_FUND = FundId("")
NO_PROGRAMME = ProgrammeId("")


def document_key(document_no: str) -> str:
    """The number of a document as it is compared: a space or a full-width bracket makes no other document."""
    return compact(document_no).casefold()
