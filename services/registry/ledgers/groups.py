"""Children of the special groups as people ask for them: to each role the groups that it may know, and no other."""

from dataclasses import replace

from services.registry.children.bases import STILL_TO_LEARN, counted_in
from services.registry.groups.catalogue import catalogue
from services.registry.ledgers.views import BY_CLASS, CATEGORY, GROUPS, GUARDIAN, PUPIL, STATUS, TEACHER
from services.roles import ROLES
from shared.kernel.ledgers import View


def _view(name: str, title: str, like: str) -> View:
    """For all roles that know the same groups as this one. The other groups can neither be seen nor filtered by."""
    known = catalogue().known_to(like)
    labels = {code: label for code, label in catalogue().labels.items() if code in known}
    return View(
        name=name,
        title=title,
        of="children",
        columns=(*PUPIL, replace(GROUPS, labels=labels, only=known), CATEGORY, GUARDIAN, TEACHER, STATUS),
        where={"groups": {"$in": list(labels)}} | counted_in(STILL_TO_LEARN),
        status_field="groups",
        roles=frozenset(role for role in ROLES if catalogue().known_to(role) == known),
        order=BY_CLASS,
    )


GROUP_VIEWS = (
    _view("special-groups", "重点群体儿童台账", "bureau_officer"),
    _view("special-groups-of-classes", "重点群体儿童台账（班主任）", "class_teacher"),
    _view("special-groups-of-townships", "重点群体儿童台账（乡镇、村）", "township_clerk"),
)
