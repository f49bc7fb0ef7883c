"""What a list of guardians asks for. Whether somebody may be a guardian, and on what paper, the decision says."""

from collections.abc import Iterable, Iterator

from services.registry import sealing
from services.registry.guardians.decisions import LinkGuardian
from services.registry.guardians.guardians import same_person
from services.registry.imports.intents import Intent, TurnedAway, Wanted, in_chunks, of_row
from services.registry.imports.naming import KnownChild
from services.registry.imports.pupils import Importing
from shared.kernel.deadlines import derived_id
from shared.workbooks.rows import GoodRow


def plan_guardians(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    """A pupil is found by a number, and must have the name: a guardian of the wrong child does harm."""
    for chunk in in_chunks(rows):
        for each in work.known.pupils(chunk, "学生姓名"):
            if isinstance(each, TurnedAway):
                yield each
            else:
                row, child = each
                yield Wanted(_link(row, child, work), of_row(row), (row,))


def _link(row: GoodRow, child: KnownChild, work: Importing) -> LinkGuardian:
    values = row.values
    body = {
        "name": values["guardian_name"],
        "relation": values["guardian_relation"],
        "id_number": values["guardian_id_number"],
        "phone": _news_of_phone(row, child, work),
        "linked_on": values["linked_on"],
        "consent": values["consent"] or "",
    }
    guardian_id = derived_id("guardian", work.file_hash, of_row(row))
    return sealing.guardian(work.personal, child.id, guardian_id, body)


def _news_of_phone(row: GoodRow, child: KnownChild, work: Importing) -> str | None:
    """None for the one on file. The decision cannot tell: sealed twice, a phone gives two values."""
    values, personal = row.values, work.personal
    index = personal.index_or_none("id_number", values["guardian_id_number"])
    on_file = same_person(child.guardians, index, values["guardian_name"], values["guardian_relation"])
    phone: str | None = values["guardian_phone"]
    told_before = phone and on_file and personal.holds(child.id, "guardian_phone", on_file.phone, phone)
    return None if told_before else phone
