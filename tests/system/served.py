"""The services of the played suite, served in this process on the suite's own databases, and what is known in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from http import HTTPStatus
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from services.cli.runtimes import runtime_of
from services.cli.suite import Suite
from services.process import bootstrap_of
from services.registry.reconciliation.finding import FindDifference
from services.roles import ROLES
from shared.auth.roles import ScopedBy
from shared.http.app import create_app
from shared.http.blueprints import is_public
from shared.http.ids import new_id
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Order
from shared.runtime import Runtime

COUNTY = "349921"
NO_ONES_WORK = "tests.no-ones-work"  # no worker of the suite takes it up
PHOTO = b"\xff\xd8\xff\xe0" + b"an invented photograph" * 40


@dataclass(frozen=True)
class Route:
    """A method of an address; `arguments` are its variable parts."""

    method: str
    rule: Rule

    @property
    def arguments(self) -> frozenset[str]:
        return frozenset(self.rule.arguments)

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


class Served:
    """One service."""

    def __init__(self, suite: Suite, name: str) -> None:
        self.name, self.suite = name, suite
        self.runtime: Runtime = runtime_of(suite.var, name)
        self.app: Flask = create_app(self.runtime, bootstrap_of(name).blueprints(), ROLES)
        self.bodies: dict[str, list[Any]] = {}
        self.telling_words = self._telling_words()

    def __enter__(self) -> "Served":
        self._do_a_job()
        self._keep_a_photo()
        self._find_a_difference()
        return self

    def __exit__(self, *_: object) -> None:
        self.runtime.store.client.close()
        for source in self.runtime.sources.values():
            source.close()

    def routes(self) -> Iterator[Route]:
        """Every route that asks for a token."""
        for rule in self.app.url_map.iter_rules():
            if not is_public(self.app.view_functions[rule.endpoint]):
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    yield Route(method, rule)

    def token(self, role: str, scope: Scope) -> str:
        return self.suite.sign(Caller(f"{role}-1", role, scope), timedelta(hours=2))

    def own_scope(self, role: str) -> Scope:
        """The part of the county in which the played children are."""
        match ROLES[role]:
            case ScopedBy.DIVISION:
                return Scope(COUNTY)
            case ScopedBy.SCHOOL:
                return Scope(school=self.school)
            case ScopedBy.NOTHING:
                return Scope()

    @cached_property
    def school(self) -> str:
        return str(self.a_pupil["school"])

    @cached_property
    def a_pupil(self) -> Mapping[str, Any]:
        """The row of a child that goes to school; some that are known here go to none."""
        row = self.runtime.store.ledger_collection("children").find_one({"school": {"$gt": ""}})
        assert row is not None
        return dict(row)

    @cached_property
    def known(self) -> Sequence[Mapping[str, Any]]:
        """What addresses can speak of: the fields of real ledger rows, events and jobs, each under its names."""
        return [*self._rows(), *self._events(), *self._constants()]

    def facts_for(self, arguments: frozenset[str]) -> list[dict[str, Any]]:
        """Real values for an address's variable parts, taken from one fact each time."""
        return [{each: fact[each] for each in arguments} for fact in self.known if arguments <= fact.keys()]

    @cached_property
    def description(self) -> dict[str, Any]:
        return dict(self.app.test_client().get("/api/v1/openapi.json").json or {})

    def _telling_words(self) -> frozenset[str]:
        """What only those may read in whose part of the county the children and schools are.

        It is read before any test adds facts: a drawn request registers a child by the name of "at", and what
        tells nothing is in many an answer.
        """
        words: set[str] = set()
        for name, fields in {"children": ("_id", "name", "guardian_name"), "schools": ("_id", "name")}.items():
            if name in {ledger.name for ledger in self.runtime.service.ledgers}:
                for row in self.runtime.store.ledger_collection(name).find({}):
                    words |= {str(row[field]) for field in fields if row.get(field)}
        return frozenset(words)

    def path(self, route: Route, fact: Mapping[str, Any]) -> str:
        with self.app.test_request_context():
            return str(self.app.url_map.bind("localhost").build(route.rule.endpoint, dict(fact), method=route.method))

    def _rows(self) -> Iterator[dict[str, Any]]:
        for ledger in self.runtime.service.ledgers:
            for row in self.runtime.store.ledger_collection(ledger.name).find({}).limit(20):
                plain = {name: value for name, value in row.items() if isinstance(value, str) and value}
                yield ({"school_code": row["school"]} if row["school"] else {}) | plain
                yield from self._in_views(ledger.name, row)

    def _in_views(self, ledger: str, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for view in self.runtime.service.views:
            if view.of == ledger and view.elements is None:
                yield {"view": view.name, "key": row["_id"]}
            elif view.of == ledger and view.elements is not None:
                for number in range(len(row[view.elements.field])):
                    yield {"view": view.name, "key": f"{row['_id']}:{number}"}

    def _events(self) -> Iterator[dict[str, Any]]:
        for partition in range(self.runtime.store.partitions):
            for event in self.runtime.store.read_partition(partition, 0, 5):
                place = {"service": self.name, "partition": partition, "position": event.position}
                yield place | {"type_": event.type}

    def _do_a_job(self) -> None:
        caller = Caller("the-jobs-owner", "county_admin", Scope(COUNTY))
        self.runtime.jobs.create(new_id("j"), NO_ONES_WORK, {}, caller)
        self.runtime.jobs.run_next({NO_ONES_WORK: lambda run: run.finish({}, b"counted", "result.xlsx")})

    def _keep_a_photo(self) -> None:
        if "photos" in {ledger.name for ledger in self.runtime.service.ledgers}:
            headers = {"Authorization": f"Bearer {self.token('class_teacher', self.own_scope('class_teacher'))}"}
            sent = self.app.test_client().post(
                "/api/v1/photos", data=PHOTO, headers=headers, content_type="image/jpeg"
            )
            assert sent.status_code == HTTPStatus.CREATED, sent.text

    def _find_a_difference(self) -> None:
        if "differences" in {ledger.name for ledger in self.runtime.service.ledgers}:
            row = self.a_pupil
            command = FindDifference(
                difference_id=f"{row['_id']}:NO_REG",
                child_id=row["_id"],
                reason="N2",
                poor=False,
                name=row["name"],
                division=row["division"],
                school_code=row["school"],
                school_name=row["school_name"],
                lists=(),
                lists_on=date(2026, 9, 1),
            )
            caller = Caller("the-lists-owner", "county_admin", Scope(COUNTY))
            self.runtime.application.execute(Order(command=command, command_id=new_id("d"), caller=caller))

    def _constants(self) -> Iterator[dict[str, Any]]:
        yield {"kind": "schools"}
        for job in self.runtime.store.jobs.find({"kind": NO_ONES_WORK}).limit(3):
            yield {"id_": job["_id"]}
