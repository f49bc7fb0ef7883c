"""A school, division or enterprise that is called as another one is: told when it is registered, and not refused."""

from dataclasses import dataclass, field

from shared.faults import Fault
from shared.identifiers.text import compact
from shared.kernel.store import Store

NAMED = {"schools": "学校", "divisions": "行政区划", "enterprises": "企业"}
"""The ledgers whose rows have a name and, as their key, a code; and what people call such a thing."""
ABOVE = {12: 9, 9: 6, 6: 4, 4: 2}
"""How long the code of the division is in which one with a code of this length lies."""
_MOST_SHOWN = 5


@dataclass(slots=True)
class Names:
    """Codes by name, made compact. `kind`: a ledger of `NAMED`."""

    kind: str
    codes: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, kind: str) -> "Names":
        names = cls(kind)
        for row in store.ledger_collection(kind).find({}, {"name": 1}):
            names.note(row["name"], row["_id"])
        return names

    def note(self, name: str, code: str) -> None:
        self.codes.setdefault(compact(name), set()).add(code)

    def taken(self, name: str, code: str) -> Fault | None:
        """That others have the name. Of divisions, those beside it: many counties have two villages of one name."""
        among = code[: ABOVE.get(len(code), 0)] if self.kind == "divisions" else ""
        bearers = self.codes.get(compact(name), set())
        others = sorted(other for other in bearers if other != code and other.startswith(among))
        return name_taken(self.kind, others) if others else None


def name_taken(kind: str, codes: list[str]) -> Fault:
    return Fault(
        "name-taken",
        f"已有{NAMED[kind]}使用这一名称，代码为{'、'.join(codes[:_MOST_SHOWN])}",
        "Another one has this name.",
        "请核对是否重复登记；确为两个的，今后填表请写明代码",
    )
