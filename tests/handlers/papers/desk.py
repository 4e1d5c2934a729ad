"""A committee's desk: the facts of one meeting and everything around it, complete and lawful."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from handlers.papers.counted import counted
from handlers.papers.facts import (
    AgendaLine,
    Attendee,
    BallotFacts,
    CalendarFacts,
    Channel,
    Contact,
    Counted,
    CountSheetFacts,
    Envelope,
    EventStatus,
    InvitationFacts,
    MinutesFacts,
    MinutesItem,
    Openness,
    Person,
    Promise,
    Refinement,
    ResolutionFacts,
    Side,
    SignInFacts,
    Speech,
    Stack,
    Standing,
    Step,
    Treatment,
    Voter,
)
from handlers.rules.rule import Base, Bound, Clause, Grade, Measure, Outcome, Rule
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import decide

ZONE = ZoneInfo("Asia/Shanghai")
MADE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
HELD = date(2026, 11, 28)
PHONE = "0571-63320001"

CHAIR = Person("周明", Standing.OFFICIAL, "居委会主任")
CLERK = Person("何静", Standing.OFFICIAL, "社区工作者")
OVERSEER = Person("秦岚", Standing.OFFICIAL, "居务监督委员会主任")
ZHANG = Person("张建国", door="3-1-302")
LI = Person("李秀兰", door="5-2-1101")
OFFICE = Contact("桂花社区居委会", PHONE, "工作日 8:30—17:00")

ENVELOPE = Envelope(
    number="桂花居〔2026〕12号",
    issuer="桂花社区居民委员会",
    dated=date(2026, 11, 20),
    made_at=MADE,
    zone=ZONE,
    check_url="https://yishi.example/p/7f3a",
    known=(ZHANG, LI),
)

HEADS_RULE = Rule(
    basis="城市居民委员会组织法 29",
    grade=Grade.LAW,
    electorate="resident_reps",
    invalid_as=Outcome.INVALID_QUORUM,
    quorum=(Clause(Measure.HEADS, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL),),
    passing=(Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.PRESENT),),
)

OWNERS_RULE = replace(
    HEADS_RULE,
    basis="民法典 278",
    electorate="owners",
    invalid_as=Outcome.INVALID_PARTICIPATION,
    quorum=tuple(
        Clause(measure, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL)
        for measure in (Measure.HEADS, Measure.AREA)
    ),
    passing=tuple(
        Clause(measure, Fraction(1, 2), Bound.OVER, Base.PARTICIPANTS)
        for measure in (Measure.HEADS, Measure.AREA)
    ),
)


def heads(roll: int, present: int, yes: int, no: int, abstain: int) -> Counted:
    tally = Tally(*(Measures(number) for number in (roll, present, yes, no, abstain)))
    return counted(decide(HEADS_RULE, tally))


VOTED = heads(60, 42, 30, 8, 4)


def invitation() -> InvitationFacts:
    return InvitationFacts(
        envelope=ENVELOPE,
        meeting="第三次居民代表会议",
        called="全体居民代表",
        starts_at=STARTS,
        ends_at=ENDS,
        place="社区二楼议事厅",
        way="现场",
        convener=CHAIR,
        agenda=(
            AgendaLine("3号楼加装电梯方案", minutes=40),
            AgendaLine("明年公益金怎么用", Treatment.TALK, 20),
            AgendaLine("困难家庭帮扶名单", minutes=15, openness=Openness.INTERNAL),
        ),
        materials=("电梯方案和报价", "资金来源说明"),
        basis="提前 10 天通知",
        answer_by=STARTS - timedelta(days=2),
        contact=OFFICE,
    )


def sign_in(people: int = 6) -> SignInFacts:
    members = tuple(
        Attendee(
            Person(
                f"{'赵钱孙李周吴郑王'[index % 8]}{'一二三四五六七八九'[index % 9]}",
                door=f"{index // 20 + 1}-1-{index % 20 + 1}02",
            )
        )
        for index in range(people)
    )
    return SignInFacts(
        envelope=ENVELOPE,
        meeting="第三次居民代表会议",
        starts_at=STARTS,
        place="社区二楼议事厅",
        roll=(*members, Attendee(OVERSEER, Side.OBSERVER, "列席监督")),
        spare=3,
    )


def minutes(items: int = 1) -> MinutesFacts:
    item = MinutesItem(
        title="3号楼加装电梯方案",
        introduction="介绍了报价和施工期。",
        speeches=(
            Speech(ZHANG, "赞成", "我住3-1-302，腿脚不便，盼着装。"),
            Speech(LI, "反对", "一楼采光受影响，有事打 13800138000 找我。"),
        ),
        amendments=("井道改用玻璃",),
        way="举手",
        counted=VOTED,
        result="附条件通过",
        dissent=("一楼采光没有补偿办法（李秀兰）",),
        promises=(Promise("补做采光测算", CLERK, date(2026, 12, 20), "公益金"),),
        refinements=(Refinement("分摊系数", ZHANG, date(2026, 12, 10)),),
    )
    return MinutesFacts(
        envelope=ENVELOPE,
        meeting="第三次居民代表会议",
        sort="居民代表会议",
        ordinal=3,
        starts_at=STARTS,
        ends_at=ENDS,
        place="社区二楼议事厅",
        way="混合",
        convener=CHAIR,
        chair=CHAIR,
        recorder=CLERK,
        expected=60,
        present=42,
        channels=(("现场", 36), ("线上", 6)),
        leave=((Person("孙大鹏", door="2-1-501"), "住院"),),
        observers=(OVERSEER,),
        quorum=VOTED.arithmetic[:1],
        items=(item,) * items,
        noted="会场在二楼，张建国家属代为签到。",
        next_meeting="12月26日19:00",
        attachments=("签到表", "电梯方案"),
        publicity="议题、表决数字、议定事项",
    )


def resolution() -> ResolutionFacts:
    return ResolutionFacts(
        envelope=ENVELOPE,
        matter="3号楼加装电梯",
        content="同意按修改后的方案加装电梯一部。",
        meeting="第三次居民代表会议",
        held_on=HELD,
        counted=VOTED,
        conditions=(Promise("补做采光测算", CLERK, date(2026, 12, 20)),),
        executors=(Promise("办理报批", CHAIR, date(2027, 1, 31), "业主分摊"),),
        funding="业主分摊，财政补助 20 万元",
        overseer=OVERSEER,
        effective=date(2026, 12, 15),
        remedy="不服的，可以向街道办事处反映，或依法起诉。",
        steps=(Step("居委会商议", date(2026, 11, 2), "会议", 7, 6, "同意提交"),),
        signers=("主持人", "记录人", "监督人"),
    )


def ballot(number: int = 1) -> BallotFacts:
    return BallotFacts(
        envelope=replace(ENVELOPE, check_url=f"https://yishi.example/b/{number:06d}"),
        meeting="桂花苑业主大会",
        question="是否同意用维修资金更换 2 号楼电梯？",
        rule=("面积和户数都要有三分之二以上参与。", "赞成过半才通过；弃权算参与，不投不算参与。"),
        voter=Voter("钱多多", f"2-1-{number + 100}", Decimal("89.52"), "1 户、89.52 m²"),
        opens_at=STARTS,
        closes_at=STARTS + timedelta(days=14),
        return_way="投入物业大厅票箱",
        code=f"QK7M-{number:04d}",
    )


def count_sheet() -> CountSheetFacts:
    quantities = {
        "roll": Measures(100, Decimal("9600.50")),
        "participation": Measures(71, Decimal("6805.25")),
        "yes": Measures(50, Decimal("4800.25")),
        "no": Measures(15, Decimal(1500)),
        "abstain": Measures(5, Decimal(450)),
    }
    tally = Tally(*quantities.values())
    heads_of, area_of = Measure.HEADS, Measure.AREA
    square = Decimal
    return CountSheetFacts(
        envelope=ENVELOPE,
        question="是否同意用维修资金更换 2 号楼电梯？",
        opened_at=STARTS,
        closed_at=STARTS + timedelta(days=14),
        counted=counted(decide(OWNERS_RULE, tally)),
        stacks=(
            Stack(Channel.PAPER, heads_of, 40, 39, 31, 30, 1, 0, 20, 8, 2),
            Stack(Channel.ONLINE, heads_of, 60, 60, 41, 40, 0, 1, 30, 7, 3),
            Stack(
                Channel.PAPER,
                area_of,
                *map(
                    square, ("3900.50", "3810.50", "2905.25", "2850.25", "55", "0", "1850.25", "800", "200")
                ),
            ),
            Stack(
                Channel.ONLINE,
                area_of,
                *map(square, ("5700", "5700", "4000", "3900", "0", "100", "2950", "700", "250")),
            ),
        ),
        void_reasons=(("两项都打了勾", 1),),
        kept="同一户纸质、线上各一张，按先到的计",
        counters=(CLERK, ZHANG),
        overseers=(OVERSEER,),
        counted_at=STARTS + timedelta(days=14, hours=1),
        place="社区一楼",
        photos=("票箱开封", "唱票"),
    )


def calendar() -> CalendarFacts:
    return CalendarFacts(
        key="meeting-3-2026-2@yishi.example",
        sequence=0,
        status=EventStatus.CONFIRMED,
        title="第三次居民代表会议",
        starts_at=STARTS,
        ends_at=ENDS,
        zone=ZONE,
        place="社区二楼议事厅",
        agenda=("3号楼加装电梯方案", "明年公益金怎么用"),
        reminders=(timedelta(days=7), timedelta(days=1), timedelta(hours=1)),
        url="https://yishi.example/m/2",
        stamped_at=MADE,
    )
