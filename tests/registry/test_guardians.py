"""Guardians: who comes first by law, and what a change tells the others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.registry.children.state import CHILDREN
from services.registry.guardians.decisions import (
    LinkGuardian,
    UnlinkGuardian,
    link_guardian,
    unlink_guardian,
)
from services.registry.guardians.events import GuardianLinked, GuardianUnlinked, Unlinking
from services.registry.guardians.guardians import ON_REGISTRATION
from tests.given import given, on
from tests.registry.facts import CHILD, day, registered

TODAY = day(30)
MOTHER, GRANDMOTHER, SISTER, UNCLE = ("何秀", "52"), ("程桂兰", "62"), ("林小云", "70"), ("林大海", "97")


def link(who: tuple[str, str], id_: str = "g1", **more: object) -> LinkGuardian:
    name, relation = who
    command = LinkGuardian(child_id=CHILD, guardian_id=id_, name=name, relation=relation, linked_on=day(3))
    return replace(command, **more)  # type: ignore[arg-type]


def linked(
    who: tuple[str, str], id_: str = "g1", *, principal: str = "林大山", index: str | None = None, consent: str = ""
) -> GuardianLinked:
    return GuardianLinked(
        child_id=CHILD,
        guardian_id=id_,
        name=who[0],
        relation=who[1],
        guardian_id_number=None,
        guardian_id_index=index,
        guardian_phone=None,
        consent=consent,
        principal_name=principal,
        linked_on=day(3),
    )


def unlink(id_: str, reason: Unlinking = Unlinking.CHANGED, *evidence: str) -> UnlinkGuardian:
    return UnlinkGuardian(child_id=CHILD, guardian_id=id_, reason=reason, unlinked_on=day(9), evidence=evidence)


def unlinked(
    id_: str, *, principal: str, reason: Unlinking = Unlinking.CHANGED, evidence: tuple[str, ...] = ()
) -> GuardianUnlinked:
    return GuardianUnlinked(
        child_id=CHILD,
        guardian_id=id_,
        reason=reason,
        evidence=list(evidence),
        principal_name=principal,
        unlinked_on=day(9),
    )


def test_the_parent_named_on_registration_stays_first_when_a_grandparent_is_linked() -> None:
    given(CHILDREN, registered()).when(link_guardian, link(GRANDMOTHER), on(TODAY)).then(linked(GRANDMOTHER))


def test_a_parent_linked_later_comes_before_the_grandparent_of_the_registration() -> None:
    raised_by_grandmother = replace(registered(), guardian_name="程桂兰", guardian_relation="62")
    pupil = given(CHILDREN, raised_by_grandmother)
    pupil.when(link_guardian, link(MOTHER), on(TODAY)).then(linked(MOTHER, principal="何秀"))


def test_the_order_is_parents_grandparents_siblings_and_others_whoever_is_told_first() -> None:
    pupil = given(CHILDREN, replace(registered(), guardian_name=""))
    for id_, who in (("g1", UNCLE), ("g2", SISTER), ("g3", GRANDMOTHER), ("g4", MOTHER)):
        consent = "村委会同意书1号" if who is UNCLE else ""
        event = linked(who, id_, principal=who[0], consent=consent)
        pupil = pupil.when(link_guardian, link(who, id_, consent=consent), on(TODAY)).then(event)
    assert [guardian.name for guardian in pupil.state.guardians] == ["何秀", "程桂兰", "林小云", "林大海"]


def test_when_the_first_one_dies_the_next_by_law_follows() -> None:
    pupil = given(CHILDREN, registered(), linked(GRANDMOTHER))
    death = unlink(ON_REGISTRATION, Unlinking.DECEASED, "死亡证明3号")
    after = pupil.when(unlink_guardian, death, on(TODAY))
    after.then(
        unlinked(ON_REGISTRATION, principal="程桂兰", reason=Unlinking.DECEASED, evidence=("死亡证明3号",))
    ).when(unlink_guardian, unlink("g1"), on(TODAY)).then(unlinked("g1", principal=""))


def test_who_is_known_already_keeps_the_id_and_told_again_changes_nothing() -> None:
    pupil = given(CHILDREN, registered())
    father = ("林大山", "51")
    told = link(father, "g9", guardian_id_index="i1")
    known = pupil.when(link_guardian, told, on(TODAY)).then(linked(father, ON_REGISTRATION, index="i1"))
    known.when(link_guardian, told, on(TODAY)).then_nothing()
    known.when(link_guardian, link(father, "g9"), on(TODAY)).then_nothing()


def test_two_people_of_one_name_are_told_apart_by_their_numbers() -> None:
    pupil = given(CHILDREN, registered(), linked(GRANDMOTHER, "g1", index="i1"))
    other = link(GRANDMOTHER, "g2", guardian_id_index="i2")
    pupil.when(link_guardian, other, on(TODAY)).then(linked(GRANDMOTHER, "g2", index="i2"))


def test_an_uncle_needs_the_consent_of_the_village_or_civil_affairs() -> None:
    pupil = given(CHILDREN, registered())
    pupil.when(link_guardian, link(UNCLE), on(TODAY)).then_refused("guardian-consent-needed")
    agreed = link(UNCLE, consent="村委会同意书1号")
    pupil.when(link_guardian, agreed, on(TODAY)).then(linked(UNCLE, consent="村委会同意书1号"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (unlink("g7"), "guardian-unknown"),
        (unlink(ON_REGISTRATION, Unlinking.DECEASED), "guardian-evidence-needed"),
        (unlink(ON_REGISTRATION, Unlinking.REVOKED), "guardian-evidence-needed"),
        (replace(unlink(ON_REGISTRATION), unlinked_on=TODAY + timedelta(1)), "date-in-future"),
    ],
)
def test_an_unlinking_that_cannot_be_is_refused(command: UnlinkGuardian, code: str) -> None:
    given(CHILDREN, registered()).when(unlink_guardian, command, on(TODAY)).then_refused(code)


def test_nobody_unknown_has_guardians() -> None:
    given(CHILDREN).when(link_guardian, link(MOTHER), on(TODAY)).then_refused("child-not-registered")
    given(CHILDREN).when(unlink_guardian, unlink("g1"), on(TODAY)).then_refused("child-not-registered")


def test_nobody_becomes_a_guardian_tomorrow() -> None:
    tomorrow = link(MOTHER, linked_on=TODAY + timedelta(1))
    given(CHILDREN, registered()).when(link_guardian, tomorrow, on(TODAY)).then_refused("date-in-future")
