"""How rare names, guardians, households and telephones are among the files that are compared."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log2

from services.registry.duplicates.person import Person, sound
from services.registry.duplicates.weights import Finding
from shared.identifiers import name_key

COUNTED: Mapping[str, Callable[[Person], Sequence[str]]] = {
    "name": lambda person: (name_key(person.name),),
    "sound": lambda person: (sound(person.name),),
    "guardian": lambda person: person.guardians,
    "guardian_sound": lambda person: [sound(name) for name in person.guardians],
    "household": lambda person: (person.household_no,),
    "phone": lambda person: (person.phone_index,),
}
LEAST = 1.0
"""What even the most common value says, in points."""


class Census:
    """Counted once; the same for every pair."""

    def __init__(self, people: Iterable[Person], population: int) -> None:
        counted, files = {name: Counter[str]() for name in COUNTED}, 0
        for person in people:
            files += 1
            for name, values in COUNTED.items():
                counted[name].update(values(person))
        self._counted = counted
        self._children = max(files, population)

    def points(self, finding: Finding, value: str) -> float:
        """What it is worth that two files share this value."""
        if not finding.rarity:
            return finding.points
        shared = max(1, self._counted[finding.rarity][value])
        return finding.points + min(finding.most - finding.points, max(LEAST, log2(self._children / shared)))
