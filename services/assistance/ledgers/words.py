"""The Chinese words for this service's codes."""

YES_NO = {"True": "是", "False": "否", "true": "是", "false": "否"}
LEVELS = {"PRIMARY": "小学", "JUNIOR": "初中"}
CATEGORIES = {
    "LIFTED_OUT": "脱贫户",
    "MONITORED": "防返贫监测对象",
    "SUBSISTENCE_ALLOWANCE": "低保",
    "EXTREME_POVERTY": "特困供养",
    "DISABILITY": "残疾",
    "NONE": "无",
}
PROGRAMME_STATUS = {"ASSESSING": "资格核查中", "OPEN": "已设立"}
ENTITLEMENT_STATUS = {"ACTIVE": "有效", "HELD": "暂缓", "SUSPENDED": "中止", "ENDED": "终止"}
LINE_STATUS = {
    "IN_BATCH": "已列入批次",
    "HELD": "暂缓发放",
    "READY": "待重新发放",
    "RETURNED": "银行退回",
    "PAID": "已入账",
    "REFUSED": "未列入",
    "RELEASED": "已撤销",
}
BATCH_STATUS = {
    "PREPARING": "编制中",
    "PREPARED": "待审批",
    "APPROVED": "已审批",
    "REJECTED": "已退回",
    "SENT": "已送银行",
    "SETTLED": "已结清",
}
ANSWERS = {"PAID": "入账", "RETURNED": "退回"}
LATER_ANSWER_STATUS = {"PROPOSED": "待复核", "CONFIRMED": "已更正入账", "DROPPED": "已撤回"}
REASONS = {
    "SUSPECTED_DROPOUT": "疑似辍学",
    "WHEREABOUTS_LOST": "去向不明",
    "DROPPED_OUT": "辍学",
    "RELAPSED": "再次离校",
    "ON_SUSPENSION": "休学",
    "DECEASED": "学生已死亡",
    "ABROAD": "学生已出国（境）",
    "DECLARED_MISSING": "学生被宣告失踪",
    "ELSEWHERE": "学生在外地就读",
    "COMPLETED": "学生已毕业",
    "MERGED": "档案已合并",
    "CATEGORY": "不属于资助对象",
    "NO_STANDARD": "无适用标准",
    "CONFLICT": "与其他资助项目冲突",
    "SUSPENDED": "离校期间中止",
    "HELD": "疑似辍学暂缓",
    "NO_ACCOUNT": "缺少收款账户",
    "OTHER_FUND": "原占用其他资金",
    "FUND_EXHAUSTED": "资金余额不足",
    "ENTITLEMENT_CHANGED": "资助资格变动",
    "BATCH_REJECTED": "批次被退回",
    "PAID_ELSEWHERE": "银行后来入账",
    "ACCOUNT_NOT_FOUND": "账号不存在",
    "NAME_MISMATCH": "户名不符",
    "ID_MISMATCH": "证件号不符",
    "ACCOUNT_CLOSED": "账户已销户",
    "ACCOUNT_DORMANT": "睡眠户",
    "ACCOUNT_FROZEN": "账户冻结",
    "CARD_LOST": "卡已挂失",
    "NOT_ACTIVATED": "账户未激活",
    "LIMIT": "超过限额",
    "DUPLICATE": "银行判为重复",
    "OTHER": "其他原因",
}
