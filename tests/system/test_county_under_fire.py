"""A county at work on the real suite, its processes killed, frozen, doubled, cut off: everything is as it must be."""

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from services.process import PARTS, SERVICES
from tests.system.books import assert_everything_holds
from tests.system.fire import burn, county

if TYPE_CHECKING:
    from tests.kafka.broker import KafkaBroker

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]
EVERYTHING = ("database", *(f"{service}-{kind}" for service in SERVICES for kind in PARTS))


def nothing() -> None:
    """No fault."""


@pytest.mark.prop("P1")
@pytest.mark.prop("P5")
@pytest.mark.prop("P13")
def test_a_county_whose_every_process_is_killed_at_work_loses_nothing_and_pays_nobody_twice(tmp_path: Path) -> None:
    victims = [*EVERYTHING]
    Random(1).shuffle(victims)

    with county(tmp_path / "var") as fire:

        def kill_each() -> None:
            for victim in victims:
                fire.wait_for(4)
                fire.strike(victim)

        burn(fire, kill_each, lambda: fire.strike("assistance-worker"), lambda: fire.strike("assistance-api"))
        assert set(fire.struck) == set(EVERYTHING)
        assert_everything_holds(fire)


@pytest.mark.prop("P9")
def test_workers_that_stood_still_while_their_twins_went_on_do_no_harm(tmp_path: Path) -> None:
    zombies = ("assistance-worker", "visits-worker")

    with county(tmp_path / "var") as fire:

        def stand_still() -> None:
            for zombie in zombies:
                fire.wait_for(3)
                fire.freeze(zombie)
                fire.start_twin(zombie)
            fire.wait_for(10)  # the twins go on
            for zombie in zombies:
                fire.thaw(zombie)

        burn(fire, stand_still, nothing, nothing)
        assert_everything_holds(fire)


@pytest.mark.kafka
@pytest.mark.prop("P5")
@pytest.mark.prop("P9")
@pytest.mark.prop("P13")
def test_a_county_on_kafka_survives_its_broker_a_deleted_topic_and_a_killed_worker(
    tmp_path: Path, own_kafka: "KafkaBroker"
) -> None:
    with county(tmp_path / "var", own_kafka.bootstrap) as fire:

        def cut_off() -> None:
            fire.wait_for(4)
            own_kafka.kill()
            fire.wait_for(8)
            own_kafka.start()
            fire.wait_for(4)
            own_kafka.delete_topic("nol.registry.events")
            fire.wait_for(4)
            fire.strike("supervision-worker")

        burn(fire, cut_off, nothing, lambda: fire.strike("assistance-worker"))
        assert_everything_holds(fire)
