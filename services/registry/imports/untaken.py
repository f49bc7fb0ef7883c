"""What a roster says of a pupil who is known already, differs from the register, and is not taken from a roster."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.registry.children.ethnicities import ETHNICITIES
from services.registry.imports.naming import KnownChild
from services.registry.personal import PersonalData
from shared.faults import Fault
from shared.workbooks.shapes import Problem

GUARDIAN_DIFFERS = Fault(
    "guardian-not-taken",
    "与登记的监护人不同，花名册只为新登记的学生登记监护人，未采用",
    "Differs from the guardians on file; a roster names guardians of new pupils only.",
    "请用监护人名单更新",
)
PHONE_DIFFERS = Fault(
    "guardian-phone-not-taken",
    "与登记的监护人电话不同，未采用",
    "Differs from the phone on file; a roster does not change it.",
    "请用监护人名单更新",
)
FIELD_DIFFERS = Fault(
    "roster-value-not-taken",
    "与登记不同，花名册不更改这一项，未采用",
    "Differs from what is on file; a roster does not change it.",
    "请核对；登记有误的，请办理信息更正",
)
_OF_THE_PUPIL = {"household_no": "户编号", "village_code": "村(居)代码", "ethnicity": "民族"}
_CALLED_ON_FILE = {"village_code": "division"}
_ETHNIC_NAMES = {number: form for form, number in reversed(ETHNICITIES.items())}


def not_taken(values: Mapping[str, Any], known: KnownChild, personal: PersonalData) -> Iterator[Problem]:
    """The values of a good row that stay without effect: each as a warning."""
    for name, title in _OF_THE_PUPIL.items():
        told, kept = values[name], known.told_home.get(_CALLED_ON_FILE.get(name, name))
        if told and kept and told != kept:
            shown = _ETHNIC_NAMES.get(told, told) if name == "ethnicity" else told
            yield Problem.of(FIELD_DIFFERS, title, shown, blocking=False)
    yield from _of_guardian(values, known, personal)


def _of_guardian(values: Mapping[str, Any], known: KnownChild, personal: PersonalData) -> Iterator[Problem]:
    name, relation, phone = (values[field] for field in ("guardian_name", "guardian_relation", "guardian_phone"))
    on_file = [each for each in known.guardians if name in (None, each.name) and relation in (None, "", each.relation)]
    if name and not on_file:
        yield Problem.of(GUARDIAN_DIFFERS, "监护人姓名", name, blocking=False)
    elif phone and not any(personal.holds(known.id, "guardian_phone", each.phone, phone) for each in on_file):
        yield Problem.of(PHONE_DIFFERS, "监护人电话", phone, blocking=False)
