"""The facts that are posted about one child."""

from datetime import date
from typing import Any

from flask.views import MethodView

from services.registry import sealing
from services.registry.api import edge, schemas
from services.registry.api.papers import papers_of
from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.returning import RecordReturn
from services.registry.attendance.runs import RecordAbsences
from services.registry.attendance.suspicion import ConfirmDropout, FlagSuspectedDropout
from services.registry.children.ids import ChildId
from services.registry.groups.memberships import LeaveGroup
from services.registry.guardians.decisions import UnlinkGuardian
from services.registry.guardians.events import Unlinking
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetHouseholdCategory
from services.registry.marks.correcting import CorrectDropoutMark
from services.registry.marks.decisions import MarkDropout, UnmarkDropout
from services.registry.quality.issues import AcceptQualityIssue
from shared.http import Blueprint, fact, new_id, send
from shared.kernel.commands import Outcome

Body = dict[str, Any]


def add_attendance_facts(blp: Blueprint) -> None:
    _add_days(blp)

    @blp.route("/<child_id>/suspicions")
    class Suspicions(MethodView):
        @fact(blp, schemas.SuspicionSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Flag a suspected dropout by hand. After enough unexcused days it happens by itself."""
            return send(FlagSuspectedDropout(child_id=child_id, **body))

    @blp.route("/<child_id>/dropouts")
    class Dropouts(MethodView):
        @fact(blp, schemas.DropoutSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Confirm that a suspected child has dropped out."""
            return send(ConfirmDropout(child_id=child_id, **body))

    @blp.route("/<child_id>/dropout-marks")
    class DropoutMarks(MethodView):
        @fact(blp, schemas.MarkSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that the school has marked the dropout in the national system."""
            return send(MarkDropout(child_id=child_id, **body))

    @blp.route("/<child_id>/dropout-unmarks")
    class DropoutUnmarks(MethodView):
        @fact(blp, schemas.UnmarkSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that the mark was taken off there."""
            return send(UnmarkDropout(child_id=child_id, **body))

    @blp.route("/<child_id>/dropout-mark-corrections")
    class DropoutMarkCorrections(MethodView):
        @fact(blp, schemas.MarkCorrectionSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Undo a suspicion or dropout that was a mistake: the child was at school all the time."""
            given = papers_of(body)
            return send(CorrectDropoutMark(child_id=child_id, papers=given, **body))

    @blp.route("/<child_id>/returns")
    class Returns(MethodView):
        @fact(blp, schemas.ReturnSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Check the child in at school; every ledger of the county follows."""
            evidence = tuple(body.pop("evidence"))
            return send(RecordReturn(child_id=child_id, evidence=evidence, **body))


def _add_days(blp: Blueprint) -> None:
    @blp.route("/<child_id>/absences")
    class Absences(MethodView):
        @fact(blp, schemas.AbsenceSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record an unexcused day, or each school day from `day` to `until`.

            A day that is not after the last one on which the child was said to be present or on leave is old news,
            and gives no event; presence that was only inferred of it gives way.
            """
            return send(RecordAbsences(child_id=child_id, presumed=edge.presumed_days(child_id, body["day"]), **body))

    @blp.route("/<child_id>/leaves")
    class Leaves(MethodView):
        @fact(blp, schemas.LeaveSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record an approved day of leave."""
            return send(_mark(child_id, body["day"], MarkKind(body["kind"]), body["remark"]))

    @blp.route("/<child_id>/attendance-resumptions")
    class AttendanceResumptions(MethodView):
        @fact(blp, schemas.PresenceSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that the child came again, before any suspicion."""
            return send(_mark(child_id, body["present_on"], MarkKind.PRESENT))


def _mark(child_id: ChildId, day: date, kind: MarkKind, remark: str = "") -> RecordAttendance:
    return RecordAttendance(child_id=child_id, marks=(Mark(day=day, kind=kind, remark=remark),))


def add_household_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/household-categories")
    class HouseholdCategories(MethodView):
        @fact(blp, schemas.CategorySchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Set the hardship category of the child's household."""
            category, evidence = HouseholdCategory(body.pop("category")), tuple(body.pop("evidence"))
            return send(SetHouseholdCategory(child_id=child_id, category=category, evidence=evidence, **body))

    @blp.route("/<child_id>/guardian-accounts")
    class GuardianAccounts(MethodView):
        @fact(blp, schemas.AccountSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Set the account that receives the child's aid."""
            return send(sealing.account(edge.personal_data(), child_id, body))


def add_guardian_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/guardians")
    class GuardianLinks(MethodView):
        @fact(blp, schemas.GuardianSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Link a guardian, or tell more of one. The first one by law is the child's guardian in every ledger."""
            return send(sealing.guardian(edge.personal_data(), child_id, new_id("g"), body))

    @blp.route("/<child_id>/guardian-departures")
    class GuardianDepartures(MethodView):
        @fact(blp, schemas.GuardianDepartureSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Record that somebody is the child's guardian no longer."""
            reason, evidence = Unlinking(body.pop("reason")), tuple(body.pop("evidence"))
            return send(UnlinkGuardian(child_id=child_id, reason=reason, evidence=evidence, **body))


def add_quality_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/quality-acceptances")
    class QualityAcceptances(MethodView):
        @fact(blp, schemas.QualityAcceptanceSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Say that the file is right as it is, and why: the issue is open no longer while it lasts."""
            evidence = tuple(body.pop("evidence"))
            return send(AcceptQualityIssue(child_id=child_id, evidence=evidence, **body))


def add_group_facts(blp: Blueprint) -> None:
    @blp.route("/<child_id>/group-entries")
    class GroupEntries(MethodView):
        @fact(blp, schemas.GroupEntrySchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Put the child on the list of a special group."""
            return send(sealing.membership(edge.personal_data(), child_id, body))

    @blp.route("/<child_id>/group-departures")
    class GroupDepartures(MethodView):
        @fact(blp, schemas.GroupDepartureSchema)
        def post(self, body: Body, child_id: ChildId) -> Outcome:
            """Take the child off the list of a special group."""
            evidence = tuple(body.pop("evidence"))
            return send(LeaveGroup(child_id=child_id, evidence=evidence, **body))
