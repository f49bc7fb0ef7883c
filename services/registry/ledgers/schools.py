"""The ledger of schools: one row a school."""

from dataclasses import asdict

from services.registry.schools.schools import SchoolRegistered
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded


def apply(_: Row | None, event: SchoolRegistered, __: Recorded) -> Row:
    return {name: value for name, value in asdict(event).items() if name != "division"} | {"status": "OPEN"}


SCHOOLS_LEDGER = Ledger(name="schools", source="registry", events=frozenset({SchoolRegistered}), apply=apply)
