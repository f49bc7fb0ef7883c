"""The county's own lists of some pupils: the special groups that they belong to, and guardians beyond the roster's.

Few, however large the county. None of it makes a difference between the lists: whoever is on the list of the disabled
has been planted there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from services.cli.sample_county import names
from services.cli.sample_county.county import class_teacher
from services.cli.sample_county.outside import line_of
from services.cli.sample_county.people import PHONE_PREFIX, Child
from services.cli.sample_county.planted import PlantedFact
from services.cli.sample_county.planting import Planting

_CIVIL_AFFAIRS, _EDUCATION = "县民政局", "县教育局"
_WITH_GRANDFATHER, _WITH_FATHER = "祖父", "父亲"
_OTHER_FATHERS = 4
"""Pupils of no group whose mother is listed beside the father that the roster names."""
_UNTIL_REVIEW = timedelta(days=60)

Fits = Callable[[Planting, Child], bool]


def _with_grandfather(planting: Planting, child: Child) -> bool:
    """And without brothers and sisters at school, of whom the same would have to be told."""
    if child.household.guardian.relation != _WITH_GRANDFATHER:
        return False
    return all(each is child for each in planting.county.of_school(child.school) if each.household is child.household)


def _with_grandfather_and_no_bed(planting: Planting, child: Child) -> bool:
    return not child.boarder and _with_grandfather(planting, child)


def _with_father(_: Planting, child: Child) -> bool:
    return child.household.guardian.relation == _WITH_FATHER


@dataclass(frozen=True, slots=True, kw_only=True)
class _Further:
    """A guardian whom the roster does not name. `consent`: that of the village, which others than relatives in the
    direct line need.
    """

    relation: str
    girl: bool
    born: int
    of_family: bool = False
    consent: bool = False

    @property
    def since_birth(self) -> bool:
        return self.relation in ("父亲", "母亲")


_FATHER = _Further(relation="父亲", girl=False, born=1985, of_family=True)
_MOTHER = _Further(relation="母亲", girl=True, born=1987)
_GRANDMOTHER = _Further(relation="祖母", girl=True, born=1955)
_AUNT = _Further(relation="其他亲属", girl=True, born=1988, of_family=True, consent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """So many pupils who fit belong to it; without a `source` the school says so. `has_plan`: and their class teacher
    helps them by a plan of their own.
    """

    group: str
    pupils: int
    fits: Fits
    particulars: str
    source: str = ""
    evidence: str = ""
    further: Sequence[_Further] = ()
    has_plan: bool = False


_GROUPS = (
    _Group(
        group="孤儿",
        pupils=1,
        fits=_with_grandfather,
        source=_CIVIL_AFFAIRS,
        evidence="孤儿基本生活费审批表",
        particulars="父母双亡，由祖父抚养",
        further=(_AUNT,),
    ),
    _Group(
        group="事实无人抚养儿童",
        pupils=1,
        fits=_with_grandfather,
        source=_CIVIL_AFFAIRS,
        evidence="事实无人抚养儿童认定表",
        particulars="父亲重病、母亲失联，由祖父母抚养",
        further=(_GRANDMOTHER,),
    ),
    _Group(
        group="留守儿童",
        pupils=4,
        fits=_with_grandfather_and_no_bed,
        source=_CIVIL_AFFAIRS,
        evidence="留守儿童信息台账",
        particulars="父母均在外省务工，由祖父照料",
        further=(_FATHER, _MOTHER),
    ),
    _Group(
        group="困境儿童",
        pupils=2,
        fits=_with_father,
        source=_CIVIL_AFFAIRS,
        evidence="困境儿童评估表",
        particulars="家庭重病支出大，生活困难",
    ),
    _Group(
        group="随迁子女",
        pupils=2,
        fits=_with_father,
        source=_EDUCATION,
        evidence="居住证和务工证明",
        particulars="随父母由外县迁来就读",
    ),
    _Group(group="贫困生", pupils=2, fits=_with_father, particulars="家庭经济困难，已申请生活补助"),
    _Group(group="学困生", pupils=2, fits=_with_father, particulars="语文、数学连续两个学期跟不上", has_plan=True),
    _Group(group="德困生", pupils=1, fits=_with_father, particulars="多次迟到早退，与同学有冲突"),
)


def list_families(planting: Planting) -> None:
    """Pupils of whom nothing else is told, each in one group or none."""
    free = list(planting.pupils)
    for group in _GROUPS:
        for child in _taken(planting, free, group.fits, group.pupils):
            _enter(planting, child, group)
            if group.has_plan:
                _plan(planting, child)
            for further in group.further:
                _link(planting, child, further)
    for child in _taken(planting, free, _with_father, _OTHER_FATHERS):
        _link(planting, child, _MOTHER)


def _taken(planting: Planting, free: list[Child], fits: Fits, most: int) -> list[Child]:
    """The first who fit; they are free no more."""
    taken = list(islice((child for child in free if fits(planting, child)), most))
    for child in taken:
        free.remove(child)
    return taken


def _enter(planting: Planting, child: Child, group: _Group) -> None:
    planting.lists.groups[child.key] = line_of(
        child,
        group=group.group,
        from_on=planting.county.term_began,
        group_source=group.source or child.school.name,
        evidence=group.evidence or "班主任家访记录",
        particulars=group.particulars,
    )


def _plan(planting: Planting, child: Child) -> None:
    today = planting.county.today
    plan = {
        "helper": class_teacher(child),
        "psychological": "每周谈心一次，及时肯定进步",
        "academic": "每周二、周四课后辅导语文和数学",
        "review_on": (today + _UNTIL_REVIEW).isoformat(),
        "set_on": today.isoformat(),
    }
    planting.planted.facts.append(PlantedFact(key=child.key, path="risk-plans", body=plan))


def _link(planting: Planting, child: Child, further: _Further) -> None:
    registrar, began = planting.strangers.registrar, planting.county.term_began
    random, village = registrar.random, child.household.village
    family = child.household.family if further.of_family else names.surname(random)
    born_on = date(further.born, 1, 1) + timedelta(days=random.randrange(365))
    planting.lists.guardians[f"{child.key}:{further.relation}"] = line_of(
        child,
        guardian_name=names.adult_name(random, family),
        guardian_relation=further.relation,
        guardian_id_number=registrar.id_number(born_on, further.girl),
        guardian_phone=f"{PHONE_PREFIX}{random.randrange(10**4):04}",
        linked_on=child.born_on if further.since_birth else began,
        consent=f"{village.name}民委员会同意书〔{began.year}〕1号" if further.consent else None,
    )
