"""An application and a granted time away, as the child's decisions see them."""

from dataclasses import dataclass
from datetime import date

from services.registry.respites.kinds import RespiteKind, Stage
from services.registry.transitions.papers import Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """`until` is the last day away. `applied_by` and `approved_by`: whose hands the steps were."""

    kind: RespiteKind
    from_on: date
    until: date
    renewal: bool
    papers: Papers
    stage: Stage
    last_on: date
    applied_by: str
    approved_by: str = ""
    filing_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Respite:
    """What was granted last. `since` is the first day of its periods without a gap, `renewals` how many followed
    the first, with a gap or without, since the child was last taught.

    `remind_on`: when to think of a renewal, or None once that has been said; while `provisional` it may still move.
    """

    application_id: str
    kind: RespiteKind
    since: date
    until: date
    renewals: int
    remind_on: date | None = None
    provisional: bool = False
