"""What an earlier attempt of a job brought in before its worker died: the job's own work, and counted as such."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.registry.attendance.events import AttendanceResumed
from services.registry.children.events import ChildRegistered
from shared.kernel.application import Application
from shared.kernel.commands import Outcome
from shared.kernel.recorded import address
from shared.kernel.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One run of an import. `job`: under whose id its events are recorded; `again`: it was begun
    before, and did not end."""

    job: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """The events of the attempts before, by address, with their types; none at the first."""

    types: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, attempt: Attempt, store: Store) -> "Earlier":
        """Walks the whole log, which takes a county some seconds: only a job whose worker died does it."""
        if not attempt.again:
            return cls()
        found = store.events.find({"correlation": attempt.job}, {"type": 1})
        return cls({each["_id"]: each["type"] for each in found})

    def wrote(self, outcome: Outcome) -> bool:
        return any(address_of(event) in self.types for event in outcome.events)

    def made_known(self, outcome: Outcome) -> bool:
        return any(self.types.get(address_of(event)) == ChildRegistered.TYPE for event in outcome.events)

    def resumed(self) -> list[int]:
        """The addresses of the days of presence."""
        return [at for at, type_ in self.types.items() if type_ == AttendanceResumed.TYPE]

    def outcomes(self, application: Application, command_ids: Iterable[str]) -> Mapping[str, Outcome]:
        """Those of the commands that were carried out before, by command id."""
        if not self.types:
            return {}
        found = application.outcomes_of(list(command_ids))
        return {id_: outcome for id_, outcome in found.items() if self.wrote(outcome)}


def address_of(event_id: str) -> int:
    """Where the event with this public id (`registry/3/1042`) lies in the log."""
    _, partition, position = event_id.split("/")
    return address(int(partition), int(position))
