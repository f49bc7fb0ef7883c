"""Children's rows as the rates read them, with the movements that a test names."""

from collections.abc import Sequence
from typing import Any

from services.registry.ledgers.children import EMPTY
from tests.registry.facts import SCHOOL


def move(kind: str, on: str, *, left: str = "", to: str = "", grade: int = 6) -> dict[str, Any]:
    return {"kind": kind, "on": on, "from": left, "to": to, "grade": grade, "class_no": 1, "paper": "", "by": "u1"}


def pupil(moves: Sequence[dict[str, Any]], **changed: Any) -> dict[str, Any]:
    known = {"_id": "c1", "birth_date": "2014-09-03", "status": "IN_SCHOOL", "registration": "ACTIVE"}
    return EMPTY | known | {"division": "349921101201", "school": SCHOOL, "moves": list(moves)} | changed
