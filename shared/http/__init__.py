"""The HTTP edge of every service: facts posted, ledgers and events read, problems told in two languages.

A service writes blueprints from these names alone.
"""

from shared.http.blueprints import Blueprint
from shared.http.facts import fact, send
from shared.http.ids import new_id
from shared.http.jobs import start_job, starts_job
from shared.http.schemas import FactSchema, RequestSchema

__all__ = ["Blueprint", "FactSchema", "RequestSchema", "fact", "new_id", "send", "start_job", "starts_job"]
