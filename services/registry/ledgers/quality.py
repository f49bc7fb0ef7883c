"""Doubts about children's files as people ask for them: all, and those that a school or a village looks into."""

from services.registry.ledgers.views import BY_CLASS, DIVISION, GUARDIAN, PUPIL, STATUS, TEACHER
from services.registry.quality.rows import since_of
from services.registry.quality.rules import quality_rules
from services.registry.reconciliation.reasons import OWNER_LABELS, Owner
from services.roles import KNOW_CHILDREN
from shared.kernel.ledgers import Column, View

OWNERS = Column("issues_owners", "责任单位", labels=OWNER_LABELS, width=14)


def _view(name: str, title: str, owner: Owner | None = None) -> View:
    labels = quality_rules().labels_of(owner) if owner else quality_rules().labels
    issues = Column("issues", "待核查问题", labels=labels, width=40, only=frozenset(labels))
    found_on = Column(since_of(owner) if owner else "issues_open_since", "发现日期", "date", width=12)
    owners = () if owner else (OWNERS,)
    return View(
        name=name,
        title=title,
        of="children",
        columns=(*PUPIL, DIVISION, issues, *owners, found_on, TEACHER, GUARDIAN, STATUS),
        where={"issues": {"$in": list(labels)}},
        status_field="issues",
        roles=KNOW_CHILDREN,
        date_field=found_on.field,
        order=BY_CLASS,
    )


QUALITY_VIEWS = (
    _view("data-quality-issues", "数据质量问题台账"),
    _view("school-quality-issues", "学校待核查数据问题台账", Owner.SCHOOL),
    _view("village-quality-issues", "村（社区）待核查数据问题台账", Owner.VILLAGE),
)
