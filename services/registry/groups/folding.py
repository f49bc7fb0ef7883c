"""Which special groups a child belongs to after it entered or left one."""

from dataclasses import replace
from typing import assert_never

from services.registry.children.child import Child
from services.registry.groups.events import GroupEntered, GroupEvent, GroupLeft


def evolve_groups(child: Child, event: GroupEvent) -> Child:
    match event:
        case GroupEntered(group=group, from_on=day):
            return replace(child, groups={**child.groups, group: day})
        case GroupLeft(group=group, left_on=day):
            rest = {name: since for name, since in child.groups.items() if name != group}
            return replace(child, groups=rest, left_groups={**child.left_groups, group: day})
        case _:
            assert_never(event)
