"""A child's guardians as its ledger row keeps them."""

from typing import assert_never

import msgspec

from services.registry.guardians.events import GuardianEvent, GuardianLinked, GuardianUnlinked
from services.registry.guardians.guardians import Guardian, Guardians, guardian_of, with_guardian, without
from shared.kernel.ledgers import Row


def guardian_columns(row: Row, event: GuardianEvent) -> Row:
    """In the order of the law; name, relation and phone of the first one are the child's own columns."""
    known = msgspec.convert(row["guardians"], Guardians)
    match event:
        case GuardianLinked():
            known = with_guardian(known, guardian_of(event))
        case GuardianUnlinked(guardian_id=guardian_id):
            known = without(known, guardian_id)
        case _:
            assert_never(event)
    first = known[0] if known else Guardian(id="", name="", relation="")
    return {
        "guardians": msgspec.to_builtins(known),
        "guardian_name": first.name,
        "guardian_relation": first.relation,
        "guardian_phone": first.phone,
    }
