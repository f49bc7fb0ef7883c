"""The API of the supervision service."""

from services.supervision.api.cases import cases_blueprint
from services.supervision.api.figures import figures_blueprint
from services.supervision.api.return_notices import return_notices_blueprint
from shared.http import Blueprint


def all_blueprints() -> list[Blueprint]:
    return [cases_blueprint(), return_notices_blueprint(), figures_blueprint()]
