"""The same committee's notices and its letter."""

from dataclasses import replace
from datetime import date

from handlers.papers.facts import (
    Contact,
    Deed,
    LetterFacts,
    NoticeFacts,
    NoticeSort,
    PastStage,
    ResultNoticeFacts,
)
from tests.handlers.papers.desk import CHAIR, ENVELOPE, HELD, OFFICE, OVERSEER, VOTED


def notice() -> NoticeFacts:
    return NoticeFacts(
        envelope=ENVELOPE,
        title="关于3号楼加装电梯决议的公示",
        concerns="桂花社区全体居民",
        sort=NoticeSort.DECISION,
        basis=("城市居民委员会组织法第三十四条", "2026年11月28日居民代表会议"),
        content=("3号楼加装电梯一部。", "费用由业主分摊，财政补助 20 万元。"),
        stages=(PastStage("居民代表会议", HELD, "通过"),),
        counted=VOTED,
        open_points=("采光测算，何静负责，12月20日前",),
        money=("预算 58.6 万元",),
        first=date(2026, 11, 30),
        last=date(2026, 12, 15),
        objections=OFFICE,
        objection_way="书面、电话或在群里私聊提出",
        consequence="公示期满无异议的，按决议实施。",
        attachments=("方案摘要",),
        posted_at=("社区公告栏", "居民群"),
        oversight=Contact("居务监督委员会", "0571-63320009"),
    )


def result_notice() -> ResultNoticeFacts:
    deed = Deed("电梯安装并验收", CHAIR, date(2027, 6, 30), date(2027, 6, 18), "完成", "57.2 万元")
    told = replace(notice(), title="关于3号楼加装电梯实施结果的公示", sort=NoticeSort.DONE)
    return ResultNoticeFacts(notice=told, deeds=(deed,), verified_by=(OVERSEER,), opinion="现场核验属实")


def letter() -> LetterFacts:
    return LetterFacts(
        envelope=ENVELOPE,
        to="桂花物业服务有限公司",
        about="电动车充电棚选址",
        reason="居民多次反映楼道充电",
        questions=("选址是否可行？", "由谁维护？"),
        sent_on=date(2026, 11, 20),
        answer_by=date(2026, 11, 27),
        attachments=("平面图",),
        copies_to=("街道办事处",),
    )
