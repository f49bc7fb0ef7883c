"""A county of four services for each test, and a school with children in it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.process import SERVICES
from shared.auth.signing import TokenSigner
from shared.config import Service
from tests.settings import settings_of
from tests.shared.http.conftest import keys, signer
from tests.whole_county.county import WholeCounty
from tests.whole_county.people import BEGINS

__all__ = ["keys", "signer"]  # fixtures, used by name


@pytest.fixture
def county(keys: Path, signer: TokenSigner, tmp_path: Path, mongo: str, database: str) -> Iterator[WholeCounty]:
    common = settings_of(Service.REGISTRY, keys=keys, folder=tmp_path, mongo=mongo, database=database)
    settings = {name: replace(common, service=Service(name), database=f"{database}_{name}") for name in SERVICES}
    county = WholeCounty(settings, signer, BEGINS)
    yield county
    county.close()
