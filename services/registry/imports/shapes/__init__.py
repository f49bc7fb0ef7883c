"""The county's lists as sheets: their columns and synonyms, and the canonical keys of a row read from them.

Dates after `today` are refused, so the shapes with dates are made for a day.
"""

from services.registry.imports.shapes.attendance import attendance, headcounts
from services.registry.imports.shapes.corrections import correction_receipts
from services.registry.imports.shapes.groups import groups
from services.registry.imports.shapes.guardians import guardians
from services.registry.imports.shapes.households import ACCOUNTS, households
from services.registry.imports.shapes.leavers import graduates, primary_leavers
from services.registry.imports.shapes.places import DIVISIONS, SCHOOLS
from services.registry.imports.shapes.rosters import rosters

__all__ = [
    "ACCOUNTS",
    "DIVISIONS",
    "SCHOOLS",
    "attendance",
    "correction_receipts",
    "graduates",
    "groups",
    "guardians",
    "headcounts",
    "households",
    "primary_leavers",
    "rosters",
]
