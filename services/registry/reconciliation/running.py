"""A run: the believed lists are compared, what they disagree on goes into the queue, what has happened out of it.

A run only tells: the decisions see to it that the same lists a second time make no event, so a run that died starts
again harmlessly.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from services.registry import queries
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.imports.intents import in_chunks
from services.registry.personal import PersonalData
from services.registry.policy import AgePolicy
from services.registry.reconciliation.compare import Difference, Lists, compare
from services.registry.reconciliation.difference import difference_id
from services.registry.reconciliation.events import ReasonCount
from services.registry.reconciliation.finding import FindDifference
from services.registry.reconciliation.lists import Believed, pupils
from services.registry.reconciliation.people import Pupil
from services.registry.reconciliation.reasons import Family, reasons
from services.registry.reconciliation.resolving import SettleDifference
from services.registry.reconciliation.rosters import compare_rosters
from services.registry.reconciliation.rows import OPEN, RESOLVED
from services.registry.reconciliation.runs import RecordRun
from services.registry.snapshots.kinds import ListKind
from shared.calendar import local_date
from shared.kernel.application import Application
from shared.kernel.caller import Caller, Place
from shared.kernel.commands import Order
from shared.kernel.criteria import conjunction
from shared.kernel.deadlines import derived_id
from shared.kernel.ledgers import Row
from shared.kernel.refusals import Refused

Progress = Callable[[int, int, Mapping[str, int]], None]
OF_THE_EXPORT = frozenset({Family.NO_REG, Family.GHOST, Family.DUP, Family.PLACE})
"""What the national export says: only a later one says anything new of these."""
OF_ANOTHER_LIST = {Family.ROSTER: ListKind.LAST_ROSTERS, Family.DISABILITY: ListKind.DISABILITY}
SIZES = ("of_age", "registered", "attending", "roster_missing", "roster_new", "roster_moved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a run works with. `key` tells its orders from those of other runs: the job's id."""

    application: Application
    personal: PersonalData
    ages: AgePolicy
    caller: Caller
    key: str


def reconcile(parts: Parts, progress: Progress) -> Counter[str]:
    """Compare for the caller's part of the county: what was compared, and how many differences of each reason.

    Raises PageLost, and Refused when a command of the run is turned down: nothing is passed over.
    """
    return _Run(parts, progress).carry_out()


class _Run:
    def __init__(self, parts: Parts, progress: Progress) -> None:
        self._parts, self._progress = parts, progress
        self._store = parts.application.store
        self._today = local_date(parts.application.clock.now())
        self._lists = {kind: Believed.of(self._store, parts.personal, kind) for kind in ListKind}
        self._schools = queries.schools_by_code(self._store)
        self._totals: Counter[str] = Counter(dict.fromkeys(SIZES, 0))
        self._found: Counter[str] = Counter()
        self._poor: Counter[str] = Counter()
        self._seen: list[str] = []

    def carry_out(self) -> Counter[str]:
        known = list(pupils(self._store))
        self._settle(known)
        for chunk in in_chunks(filter(self._is_ours, self._differences(known))):
            self._count(chunk)
            self._order(self._commands(chunk))
            self._tell()
        self._record()
        self._totals.update(self._found)
        return self._totals

    # -- finding

    def _differences(self, known: Sequence[Pupil]) -> Iterator[Difference]:
        export = self._lists[ListKind.REGISTRATIONS]
        lines = {kind: believed.lines() for kind, believed in self._lists.items()}
        same, apart = self._decided()
        lists = Lists(
            people=lines[ListKind.POPULATION],
            registrations=lines[ListKind.REGISTRATIONS] if export.lists else None,
            registrations_on=export.latest_on,
            attending=known,
            poor=lines[ListKind.POVERTY],
            deaths=lines[ListKind.DEATHS],
            migrated=lines[ListKind.MIGRATION],
            disabled=lines[ListKind.DISABILITY],
            same=same,
            apart=apart,
        )
        last = self._lists[ListKind.LAST_ROSTERS].dated_lines()
        return chain(
            compare(lists, self._today, self._parts.ages, reasons(), self._totals),
            compare_rosters(last, known, self._today, reasons(), self._totals),
        )

    def _decided(self) -> tuple[dict[str, str], set[tuple[str, str]]]:
        """The proposed matches that somebody has decided on: one person, or two."""
        resolved = {"family": Family.MATCH.value, "status": RESOLVED}
        rows = list(self._store.ledger_collection("differences").find(resolved))
        pairs = [(row["_id"].partition(":")[0], row["other_subject"], row["same"]) for row in rows]
        return (
            {subject: other for subject, other, same in pairs if same},
            {(subject, other) for subject, other, same in pairs if not same},
        )

    def _is_ours(self, difference: Difference) -> bool:
        return self._parts.caller.scope.covers(self._place(difference))

    def _place(self, difference: Difference) -> Place:
        """Where the child lives and learns; what says nothing of its place is the caller's affair."""
        scope = self._parts.caller.scope
        told = [each for each in (difference.pupil, difference.line) if each is not None]
        division = next((each.division for each in told if each.division), scope.division)
        return Place(division, next((each.school for each in told if each.school), scope.school))

    def _commands(self, chunk: Sequence[Difference]) -> Iterator[FindDifference]:
        ids = [difference.pupil.child_id for difference in chunk if difference.pupil]
        rows = {row["_id"]: row for row in self._store.ledger_collection("children").find({"_id": {"$in": ids}})}
        for difference in chunk:
            yield self._command(difference, rows.get(difference.identity, {}))

    def _command(self, difference: Difference, row: Row) -> FindDifference:
        line, pupil, place = difference.line, difference.pupil, self._place(difference)
        family = reasons().reason[difference.reason].family
        person: dict[str, Any] = {name: row.get(name) for name in ("id_number", "id_index")}
        if line and not pupil:
            sealed = self._parts.personal.sealed_or_none(ChildId(difference.identity), "id_number", line.id_number)
            person = {"id_number": sealed, "id_index": line.id_index}
        told = pupil or line
        is_match = family is Family.MATCH
        return FindDifference(
            difference_id=difference_id(difference.identity, family),
            child_id=pupil.child_id if pupil else None,
            reason=difference.reason,
            poor=difference.poor,
            name=told.name if told else "",
            birth_date=told.birth_date if told else None,
            sex=row.get("sex") or (line.sex if line else ""),
            division=place.division,
            school_code=place.school,
            school_name=self._school_names(place.school),
            other="" if is_match else self._school_names(difference.other),
            other_subject=difference.other if is_match else "",
            child_cycle=row.get("cycle") or 0,
            lists=tuple(self._used()),
            lists_on=self._lists_on(family),
            registration=pupil.registration.value if pupil else "",
            attendance=pupil.attendance.value if pupil else "",
            **person,
        )

    def _school_names(self, codes: str) -> str:
        names = (self._schools.get(SchoolCode(code), {"name": code})["name"] for code in codes.split("、"))
        return "、".join(names)

    def _used(self) -> list[str]:
        return sorted(chain.from_iterable(believed.ids for believed in self._lists.values()))

    def _lists_on(self, family: Family) -> date:
        """The day of what the finding stands on."""
        kind = ListKind.REGISTRATIONS if family in OF_THE_EXPORT else OF_ANOTHER_LIST.get(family)
        return (self._lists[kind].latest_on if kind else None) or self._today

    # -- settling

    def _settle(self, known: Sequence[Pupil]) -> None:
        """What a fact may have settled since the last run is looked at; the decision sees whether it has."""
        by_child = {pupil.child_id: pupil for pupil in known}
        by_id = {pupil.id_index: pupil for pupil in known if pupil.id_index}
        open_ = conjunction([{"status": OPEN}, self._parts.caller.scope.criteria()])
        rows = self._store.ledger_collection("differences").find(open_)
        commands = (command for row in rows if (command := _settling(row, by_child, by_id)))
        for chunk in in_chunks(commands):
            self._order(chunk)
            self._tell()

    # -- telling

    def _count(self, chunk: Sequence[Difference]) -> None:
        for difference in chunk:
            self._found[difference.reason] += 1
            self._poor[difference.reason] += difference.poor
            self._seen.append(f"{difference.identity}:{difference.reason}:{difference.poor}")

    def _order(self, commands: Iterable[Any]) -> None:
        orders = [
            Order(
                command=command,
                command_id=derived_id("reconcile", self._parts.key, f"{command.NAME}:{command.difference_id}"),
                caller=self._parts.caller,
            )
            for command in commands
        ]
        for outcome in self._parts.application.execute_many(orders):
            if isinstance(outcome, Refused):
                raise outcome

    def _record(self) -> None:
        scope, lists = self._parts.caller.scope, self._used()
        place = [scope.division, scope.school, self._today.isoformat()]
        run_id = derived_id("reconciliation", *lists, *place, *sorted(self._seen))
        command = RecordRun(
            run_id=run_id,
            run_on=self._today,
            lists=tuple(lists),
            counts=tuple(
                ReasonCount(reason=reason, differences=self._found[reason], poor=self._poor[reason])
                for reason in reasons().reason
                if self._found[reason]
            ),
            division=scope.division,
            school=scope.school,
            **{name: self._totals[name] for name in SIZES},
        )
        id_ = derived_id("run", self._parts.key, run_id)
        self._parts.application.execute(Order(command=command, command_id=id_, caller=self._parts.caller))

    def _tell(self) -> None:
        done = sum(self._found.values())
        self._progress(done, done, self._found)


def _settling(row: Row, by_child: Mapping[ChildId, Pupil], by_id: Mapping[str, Pupil]) -> SettleDifference | None:
    """The command that looks at an open difference, where looking may be worth while."""
    if row["child_id"] is None:
        pupil = by_id.get(row["id_index"] or "")
        return SettleDifference(difference_id=row["_id"], child_id=pupil.child_id) if pupil else None
    pupil = by_child.get(row["child_id"])
    if pupil is None or pupil.facts <= {row["registration"], row["attendance"]}:
        return None
    return SettleDifference(difference_id=row["_id"], child_id=pupil.child_id)
