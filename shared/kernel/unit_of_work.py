"""One transaction: everything is loaded once, decided and buffered in memory, and written together at the end.

Work is cut into steps (one command, or one event of another service). A step that fails leaves nothing behind,
so that in a batch one refusal or one poisoned event costs no other.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from pymongo.client_session import ClientSession

from shared.kernel.aggregates import Ref
from shared.kernel.caller import Place
from shared.kernel.commands import Context, Order, Outcome
from shared.kernel.continuity import Checkpoint, checkpoint_of
from shared.kernel.deadline_store import fired_deadlines, standing_deadlines, write_deadlines
from shared.kernel.deadlines import DeadlineChange, SetDeadline, set_anew
from shared.kernel.heads import Control, Head, write_heads
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.raced import CommandRaced, StreamRaced, duplicates_raise
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import NotFound, OutOfScope, VersionConflict
from shared.kernel.rows import LedgerRows, next_row
from shared.kernel.steps import Appended, Loaded, Pending, Performed, Step, seal
from shared.kernel.store import Document, Store, checkpoint_id, head_id, pointer_id


class UnitOfWork:
    """See the module. `begin`, run steps, then `flush`; the caller owns the transaction around it."""

    def __init__(self, store: Store, session: ClientSession, known: Control | None = None) -> None:
        self.session = session
        self.control = known.copy() if known else Control()
        self.checkpoints: dict[tuple[str, int], Checkpoint] = {}
        self._store = store
        self._service = store.service
        self._rows = LedgerRows(store, session, self.control.pointers)
        self._streams: dict[str, Loaded] = {}
        self._appended: list[Appended] = []
        self._deadlines: list[tuple[DeadlineChange, date]] = []
        self._records: list[Document] = []
        self._outcomes: dict[str, Outcome] = {}
        self._step: Step | None = None

    def begin(self, checkpoints: Iterable[tuple[str, int]] = ()) -> None:
        """Read the heads, the ledgers' places and the named checkpoints, all in one round trip.

        Without checkpoints, what the process remembers of the rest is as good (see Control).
        """
        wanted = {checkpoint_id(*pair): pair for pair in checkpoints}
        if self.control.heads and not wanted:
            return
        heads = {head_id(partition): partition for partition in range(self._store.partitions)}
        pointers = {pointer_id(ledger.name): ledger.name for ledger in self._service.ledgers}
        ids = [*heads, *pointers, *wanted]
        for document in self._store.control.find({"_id": {"$in": ids}}, session=self.session):
            id_ = document["_id"]
            if id_ in heads:
                self.control.heads[heads[id_]] = Head.read(document)
            elif id_ in pointers:
                self.control.pointers[pointers[id_]] = document["collection"]
            else:
                self.checkpoints[wanted[id_]] = checkpoint_of(document)

    # -- reading

    def preload(self, refs: Iterable[Ref]) -> None:
        """Read many streams in one round trip."""
        missing = {ref.stream: ref for ref in refs if ref.stream not in self._streams}
        if not missing:
            return
        for stream, ref in missing.items():
            self._streams[stream] = Loaded(ref.aggregate.initial(ref.id), 0)
        types = self._service.events
        for recorded in self._store.read_streams(list(missing), self.session):
            loaded = self._streams[recorded.stream]
            event = types.decode(recorded.type, recorded.data)
            loaded.state = missing[recorded.stream].aggregate.evolve(loaded.state, event)
            loaded.version = recorded.version

    def preload_rows(self, ledger: Ledger, keys: Iterable[str]) -> None:
        self._rows.preload(ledger, keys)

    def load(self, ref: Ref) -> Any:
        """The state of a stream. Raises NotFound when it exists outside the caller's scope."""
        loaded = self._loaded(ref)
        if loaded.version and not self._caller_covers(ref.aggregate.place(loaded.state)):
            raise NotFound(ref.stream)
        return loaded.state

    def load_anywhere(self, ref: Ref) -> Any:
        """The state of a stream, also outside the caller's scope: for a handler that has checked the caller's ground
        to act on it (a school asks for a pupil of another one). Nothing of it may be told to the caller.
        """
        return self._loaded(ref).state

    def version(self, ref: Ref) -> int:
        return self._loaded(ref).version

    def row(self, ledger: Ledger, key: str) -> Row | None:
        """A ledger row; what this transaction itself appended is not in it yet."""
        if self._step and (ledger.name, key) in self._step.rows:
            return self._step.rows[ledger.name, key]
        return self._rows.get(ledger, key)

    def rows_after(self, ledger: Ledger, criteria: Document, after: str, limit: int) -> list[Row]:
        """Up to `limit` rows that meet a MongoDB filter, in the order of their keys, from the one after `after` on.

        For work that walks through a ledger, a bounded step a transaction. Like `row`, without own appends.
        """
        return self._rows.following(ledger, criteria, after, limit)

    def _loaded(self, ref: Ref) -> Loaded:
        if self._step and ref.stream in self._step.streams:
            return self._step.streams[ref.stream]
        self.preload([ref])
        return self._streams[ref.stream]

    def _caller_covers(self, place: Place) -> bool:
        return self._current.context.caller.scope.covers(place)

    # -- steps

    @property
    def _current(self) -> Step:
        if self._step is None:
            raise RuntimeError("this needs a step")
        return self._step

    @contextmanager
    def step(self, context: Context) -> Iterator[Step]:
        """Collect one step's changes; keep them when the block ends well, drop them when it raises."""
        step = self._step = Step(context)
        try:
            yield step
        finally:
            self._step = None
        partitions, heads = self._store.partitions, self.control.heads
        appended = [seal(pending, context, self._service, partitions, heads) for pending in step.pending]
        self._appended += appended
        changes = [change for each in appended for change in each.deadlines]
        self._deadlines += [(change, context.today) for change in (*changes, *step.scheduled)]
        self._streams.update(step.streams)
        for performed in step.performed:
            self._remember(performed, appended, context)
        for address, row in step.rows.items():
            self._rows.put(address, row)

    @contextmanager
    def whole_or_not_at_all(self) -> Iterator[None]:
        """Inside a step: when the block raises, what it changed is dropped, and what the step did before it stays."""
        before = self._current.copy()
        try:
            yield
        except BaseException:
            self._current.go_back_to(before)
            raise

    def append(self, ref: Ref, events: Sequence[Any]) -> None:
        """Add events to a stream. Raises OutOfScope when a new stream lies outside the caller's scope."""
        if not events:
            return
        before = self._loaded(ref)
        state, version = before.state, before.version
        for event in events:
            was, state, version = state, ref.aggregate.evolve(state, event), version + 1
            self._current.pending.append(Pending(ref, version, event, was, state))
        if not before.version and not self._caller_covers(ref.aggregate.place(state)):
            raise OutOfScope()
        self._current.streams[ref.stream] = Loaded(state, version)

    def schedule(self, *deadlines: SetDeadline) -> None:
        """Set deadlines that follow from no event: the next step of a walk."""
        self._current.scheduled += deadlines

    def turn_clocks_anew(self, ref: Ref) -> None:
        """Set the clocks that stand in a stream's state to what is asked for now, though nothing happened in it.

        For when what they are reckoned by has changed. None fires twice at one time.
        """
        rule = self._service.clocks.get(ref.aggregate.category)
        if rule is not None:
            clocks = rule(self.load(ref), self._current.context.now)
            fired = fired_deadlines(self._store, self.session, clocks)
            self._current.scheduled += set_anew(clocks, self._standing(clocks), fired)

    def move_standing(self, deadlines: Sequence[SetDeadline]) -> None:
        """Set those of the deadlines that stand, at another time, and have not fired."""
        standing = self._standing(deadlines)
        self.schedule(*(each for each in deadlines if each.key in standing))

    def not_standing(self, deadlines: Sequence[SetDeadline]) -> list[SetDeadline]:
        """Those of the deadlines that are not set."""
        standing = self._standing(deadlines)
        return [each for each in deadlines if each.key not in standing]

    def _standing(self, deadlines: Sequence[SetDeadline]) -> dict[str, datetime]:
        return standing_deadlines(self._store, self.session, [each.key for each in deadlines])

    def apply(self, ledger: Ledger, event: Any, recorded: Recorded) -> None:
        """Let a ledger take another service's event in, inside the current step."""
        key = ledger.key(event, recorded)
        if key is not None:
            row = next_row(ledger, key, self.row(ledger, key), event, recorded)
            self._current.rows[ledger.name, key] = row

    def perform(self, order: Order) -> None:
        """Handle a command inside the current step. Raises Refused."""
        step, handler = self._current, self._service.commands.handler(order.command)
        refs, first = handler.touches(order.command), len(step.pending)
        if order.expected_version is not None:
            self._expect(refs[0], order.expected_version)
        handler.handle(self, order.command, step.context)
        step.performed.append(Performed(order, refs[0], first, len(step.pending)))

    def execute(self, order: Order, context: Context) -> Outcome:
        """Handle one command as a step of its own. Raises Refused and leaves nothing behind when turned down."""
        with self.step(context):
            self.perform(order)
        return self._outcomes[order.command_id]

    def _expect(self, ref: Ref, expected: int) -> None:
        self.load(ref)
        if (actual := self.version(ref)) != expected:
            raise VersionConflict(ref.stream, expected, actual)

    def _remember(self, performed: Performed, appended: Sequence[Appended], context: Context) -> None:
        """Keep the outcome under the command's id, so that a repeat gets the same answer."""
        order = performed.order
        outcome = Outcome(
            command_id=order.command_id,
            stream=performed.ref.stream,
            version=self.version(performed.ref),
            events=tuple(each.recorded.id for each in appended[performed.first : performed.end]),
        )
        self._outcomes[order.command_id] = outcome
        self._records.append(
            {
                "_id": order.command_id,
                "fingerprint": order.fingerprint,
                "stream": outcome.stream,
                "version": outcome.version,
                "events": list(outcome.events),
                "at": context.now,
            }
        )

    # -- writing

    def flush(self) -> None:
        """Write everything. Raises StreamRaced, CommandRaced or AlreadyRecorded; the transaction must then end."""
        if self._appended:
            with duplicates_raise(lambda: StreamRaced("a stream version is taken")):
                self._store.events.insert_many([each.document for each in self._appended], session=self.session)
            write_heads(self._store, self.session, self.control.heads)
            self._apply_inline()
        write_deadlines(self._store, self.session, self._deadlines)
        self._rows.write()
        if self._records:
            with duplicates_raise(CommandRaced):
                self._store.commands.insert_many(self._records, session=self.session)

    def _apply_inline(self) -> None:
        for ledger in self._service.ledgers_fed_by(self._service.name):
            own = [
                (key, each)
                for each in self._appended
                if type(each.event) in ledger.events and (key := ledger.key(each.event, each.recorded)) is not None
            ]
            self._rows.preload(ledger, [key for key, _ in own])
            for key, each in own:
                row = next_row(ledger, key, self._rows.get(ledger, key), each.event, each.recorded)
                self._rows.put((ledger.name, key), row)
