"""What requests about children share at the edge."""

from datetime import date

from services.registry.children.ids import ChildId
from services.registry.class_days import reading
from services.registry.namesakes import Names
from services.registry.personal import PersonalData
from services.registry.policy import read_policy
from services.registry.schools.headcounts import Beyond, beyond_in
from shared.calendar import local_date
from shared.http.current import current_runtime
from shared.http.warned import warn
from shared.identifiers.resident_id import ResidentId, Sex, birth_date_of, sex_of
from shared.runtime import Runtime


def personal_data() -> PersonalData:
    ports = current_runtime().ports
    return PersonalData(ports.cipher, ports.blind_index)


def warn_of_namesakes(kind: str, name: str, code: str) -> None:
    """Tell in the answer that others of `NAMED` are called so, too."""
    if taken := Names.of(current_runtime().store, kind).taken(name, code):
        warn(taken, "name")


def contradictions(id_number: str | None, sex: str, birth_date: date) -> dict[str, list[str]]:
    """What an ID number says against the other fields, as messages by field."""
    if id_number is None:
        return {}
    number = ResidentId(id_number)
    found: dict[str, list[str]] = {}
    if birth_date_of(number) != birth_date:
        found["birth_date"] = ["出生日期与身份证号中的出生日期不一致。"]
    if (sex_of(number) is Sex.MALE) != (sex == "M"):
        found["sex"] = ["性别与身份证号不一致。"]
    return found


def beyond_today(runtime: Runtime) -> Beyond:
    """Who is suspected today for so long that a dropout could be confirmed."""
    today = local_date(runtime.ports.clock.now())
    return beyond_in(runtime.store, read_policy().dropout, runtime.ports.calendar(), today)


def presumed_days(child_id: ChildId, after: date) -> tuple[date, ...]:
    """The days after one on which sheets that were handed in show a child present, as far as it has a class."""
    runtime = current_runtime()
    today = local_date(runtime.ports.clock.now())
    return reading.presumed_days(runtime.store, child_id, after, today)
