"""The HTTP edge of every service: facts posted, ledgers and events read, problems told in two languages.

A service writes blueprints from these names alone.
"""

from shared.http.blueprints import Blueprint, one_of
from shared.http.facts import COMMAND_HEADERS, fact, send
from shared.http.ids import new_id
from shared.http.jobs import start_job, starts_job
from shared.http.schemas import FactSchema, RequestSchema

__all__ = [
    "COMMAND_HEADERS",
    "Blueprint",
    "FactSchema",
    "RequestSchema",
    "fact",
    "new_id",
    "one_of",
    "send",
    "start_job",
    "starts_job",
]
