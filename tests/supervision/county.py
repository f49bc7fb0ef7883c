"""The service under test on a real database, with the two that it listens to and a clock that tests move."""

from datetime import date, timedelta
from itertools import count

from services.supervision.obligations.duties import Duty
from shared.calendar import start_of_local_day
from shared.kernel.application import Application
from shared.kernel.caller import Place
from shared.kernel.clock import FixedClock
from shared.kernel.commands import Context, Order, Outcome
from shared.kernel.consumer import Consumer
from shared.kernel.firing import fire_due
from shared.kernel.recorded import Recorded
from shared.kernel.store import Store
from tests.supervision import facts as f
from tests.supervision import neighbours as n
from tests.supervision.neighbours import Neighbour

Row = dict[str, object]
_command_ids = count()


class County:
    """Events come in, commands are sent, clocks strike; ledgers are read."""

    def __init__(self, application: Application, clock: FixedClock) -> None:
        self.application = application
        self.store = application.store
        self.clock = clock
        self.registry = Neighbour("registry", self.store.partitions)
        self.visits = Neighbour("visits", self.store.partitions)

    def at(self, day: date) -> None:
        self.clock.advance(start_of_local_day(day) + timedelta(hours=9) - self.clock.now())

    def hears(self, event: Recorded, times: int = 1) -> None:
        for _ in range(times):
            assert Consumer(self.application).take([event]).parked == 0

    def registry_says(
        self, word: str, data: Row, times: int = 1, child: str = f.CHILD, place: Place | None = None
    ) -> Recorded:
        event = self.registry.says(word, self.clock.now(), data, child, place)
        self.hears(event, times)
        return event

    def names_places(self) -> None:
        """The registers of divisions and of schools."""
        self.registry_says("division-registered", n.a_township(), child=f.TOWNSHIP, place=Place(f.TOWNSHIP))
        self.registry_says("school-registered", n.a_school(), child=f.SCHOOL, place=Place(f.TOWNSHIP, f.SCHOOL))

    def visits_say(self, word: str, data: Row, times: int = 1) -> None:
        self.hears(self.visits.says(word, self.clock.now(), data), times)

    def sends(self, command: object, context: Context) -> Outcome:
        order = Order(command=command, command_id=f"t{next(_command_ids)}", caller=context.caller)
        return self.application.execute(order)

    def strikes(self) -> int:
        return fire_due(self.application)

    def restarted(self) -> "County":
        """The same database under a new process."""
        store = Store(self.store.client, self.store.database.name, self.store.service, self.store.partitions)
        store.install()
        return County(Application(store, self.clock), self.clock)

    def rows(self, ledger: str) -> dict[str, Row]:
        return {row["_id"]: row for row in self.store.ledger_collection(ledger).find({})}

    def case(self) -> Row:
        return self.rows("return-cases")[f.CHILD]

    def duty(self, duty: Duty, cycle: int = 1) -> Row:
        return self.rows("obligations")[f"{f.CHILD}:{cycle}:{duty}"]

    def notice(self) -> Row:
        return self.rows("return-notices")[f.NOTICE]
