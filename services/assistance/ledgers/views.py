"""The ledgers as the county asks for them. Accounts are shown masked, ID numbers not at all."""

from services.assistance.ledgers.batches import BATCHES_LEDGER
from services.assistance.ledgers.calendar import CALENDAR
from services.assistance.ledgers.children import CHILDREN
from services.assistance.ledgers.entitlements import ENTITLEMENTS
from services.assistance.ledgers.funds import FUNDS_LEDGER
from services.assistance.ledgers.later_answers import LATER_ANSWERS
from services.assistance.ledgers.lines import LINES
from services.assistance.ledgers.programmes import PROGRAMMES_LEDGER, ROLL
from services.assistance.ledgers.words import (
    ANSWERS,
    BATCH_STATUS,
    CATEGORIES,
    ENTITLEMENT_STATUS,
    LATER_ANSWER_STATUS,
    LEVELS,
    LINE_STATUS,
    PROGRAMME_STATUS,
    REASONS,
    YES_NO,
)
from shared.kernel.ledgers import Column, Join, View

LEDGERS = (
    CALENDAR,
    CHILDREN,
    ROLL,
    PROGRAMMES_LEDGER,
    FUNDS_LEDGER,
    ENTITLEMENTS,
    LINES,
    BATCHES_LEDGER,
    LATER_ANSWERS,
)

CHILD = Join("child", CHILDREN.name, "child_id")
PROGRAMME = Join("programme", PROGRAMMES_LEDGER.name, "programme_id")
WHO = (
    Column("child.name", "姓名"),
    Column("child.school_name", "学校", width=24),
    Column("child.grade", "年级", "number"),
    Column("programme.name", "资助项目", width=24),
)
LINE = (
    *WHO,
    Column("period", "学期"),
    Column("amount_fen", "金额（元）", "money"),
    Column("account_name", "户名"),
    Column("child.account", "账号", "sealed", mask="account", sealed_as="guardian_account", width=24),
    Column("status", "状态", "code", LINE_STATUS),
    Column("reason", "原因", "code", REASONS),
    Column("batch_id", "批次号", width=30),
    Column("seq", "序号", "number"),
    Column("document_no", "银行凭证号", width=24),
    Column("date", "日期", "date"),
)

VIEWS = (
    View(
        name="funds",
        title="资金台账",
        of=FUNDS_LEDGER.name,
        columns=(
            Column("fund_id", "资金编号", width=30),
            Column("name", "资金名称", width=24),
            Column("received_fen", "到账（元）", "money"),
            Column("available_fen", "可用（元）", "money"),
            Column("committed_fen", "已占用（元）", "money"),
            Column("paid_fen", "已发放（元）", "money"),
            Column("last_received_on", "最近到账日期", "date"),
        ),
        date_field="last_received_on",
    ),
    View(
        name="programmes",
        title="资助项目台账",
        of=PROGRAMMES_LEDGER.name,
        columns=(
            Column("programme_id", "项目编号", width=30),
            Column("name", "项目名称", width=24),
            Column("first_term", "起始学期"),
            Column("opened_on", "设立日期", "date"),
            Column("status", "状态", "code", PROGRAMME_STATUS),
            Column("seen", "已核查人数", "number"),
        ),
        date_field="opened_on",
    ),
    View(
        name="entitlements",
        title="资助资格台账",
        of=ENTITLEMENTS.name,
        columns=(
            *WHO,
            Column("category", "家庭类别", "code", CATEGORIES),
            Column("level", "学段", "code", LEVELS),
            Column("boarder", "是否寄宿", "code", YES_NO),
            Column("year_fen", "年标准（元）", "money"),
            Column("since", "起始日期", "date"),
            Column("status", "状态", "code", ENTITLEMENT_STATUS),
            Column("reason", "暂缓或中止原因", "code", REASONS),
            Column("ended_for", "终止原因", "code", REASONS),
            Column("held_on", "暂缓日期", "date"),
            Column("suspended_from", "中止日期", "date"),
            Column("resumed_on", "恢复日期", "date"),
        ),
        joins=(CHILD, PROGRAMME),
        date_field="since",
    ),
    View(
        name="payment-lines",
        title="发放明细台账",
        of=LINES.name,
        columns=LINE,
        joins=(CHILD, PROGRAMME),
        date_field="date",
    ),
    View(
        name="batches",
        title="发放批次台账",
        of=BATCHES_LEDGER.name,
        columns=(
            Column("batch_id", "批次号", width=30),
            Column("programme.name", "资助项目", width=24),
            Column("period", "学期"),
            Column("status", "状态", "code", BATCH_STATUS),
            Column("lines", "人数", "number"),
            Column("total_fen", "合计（元）", "money"),
            Column("refused", "未列入人数", "number"),
            Column("left_behind", "暂缓未送人数", "number"),
            Column("paid", "入账人数", "number"),
            Column("paid_fen", "入账金额（元）", "money"),
            Column("returned", "退回人数", "number"),
            Column("returned_fen", "退回金额（元）", "money"),
            Column("came_back", "入账后退汇次数", "number"),
            Column("went_through", "退回后入账次数", "number"),
            Column("unconfirmed", "更正待复核", "number"),
            Column("started_by", "编制人"),
            Column("approved_by", "审批人"),
            Column("started_on", "编制日期", "date"),
            Column("sent_on", "送银行日期", "date"),
        ),
        joins=(PROGRAMME,),
        date_field="started_on",
    ),
    View(
        name="returned-payments",
        title="退回待处理台账",
        of=LINES.name,
        columns=LINE,
        where={"claim": "RETURNED"},
        joins=(CHILD, PROGRAMME),
        date_field="date",
    ),
    View(
        name="later-answers",
        title="回盘结果更正台账",
        of=LATER_ANSWERS.name,
        columns=(
            Column("batch_id", "批次号", width=30),
            Column("seq", "序号", "number"),
            Column("child.name", "姓名"),
            Column("child.school_name", "学校", width=24),
            Column("amount_fen", "金额（元）", "money"),
            Column("answer", "银行后来的结果", "code", ANSWERS),
            Column("reason", "原因", "code", REASONS),
            Column("document_no", "银行凭证号", width=24),
            Column("answered_on", "凭证日期", "date"),
            Column("status", "状态", "code", LATER_ANSWER_STATUS),
            Column("proposed_by", "登记人"),
            Column("proposed_on", "登记日期", "date"),
            Column("decided_by", "复核人"),
            Column("dropped_for", "撤回原因", width=24),
        ),
        joins=(CHILD,),
        date_field="answered_on",
    ),
    View(
        name="missing-accounts",
        title="待补账户台账",
        of=LINES.name,
        columns=LINE,
        where={"claim": "REFUSED", "reason": "NO_ACCOUNT"},
        joins=(CHILD, PROGRAMME),
        date_field="date",
    ),
    View(
        name="overpayments",
        title="多发待追回台账",
        of=LINES.name,
        columns=(
            *WHO,
            Column("period", "学期"),
            Column("paid_fen", "已发金额（元）", "money"),
            Column("due_fen", "应发金额（元）", "money"),
            Column("over_fen", "多发金额（元）", "money"),
            Column("over_final", "已核定", "code", YES_NO),
            Column("paid_again_by", "重复入账批次", width=30),
            Column("date", "日期", "date"),
        ),
        where={"over_fen": {"$gt": 0}},
        joins=(CHILD, PROGRAMME),
        date_field="date",
    ),
)
