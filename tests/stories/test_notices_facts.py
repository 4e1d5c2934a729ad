from datetime import date, timedelta
from fractions import Fraction

from handlers.events import Promise, PromisesMade
from handlers.rules.rule import Base, Bound, Clause, Grade, Measure, Outcome, Rule
from handlers.rules.stored import dump_rule, dump_verdict
from handlers.rules.tally import Measures, take_tally
from handlers.rules.verdict import decide
from storage import meetings, polls, units
from storage.database import Transaction
from storage.records import Choice, Meeting, MeetingState, Poll, PollState, Secrecy
from tests.stories.afterwards import happens, issue_in, reaches, topic_of
from tests.stories.test_notices import PROCEDURE, STAGE
from tests.world import COMMUNITY, World


def test_a_notice_tells_the_verdict_with_its_numbers_and_what_meetings_noted(any_world: World) -> None:
    world = any_world
    for group in ("居民群", "公示群", "两委群"):
        world.group(group)
    world.member("文书小周", "文书")
    topic = topic_of(world, "电梯更换", "电梯老停", issue_in(world, "电梯老停"))
    happened(world, topic)
    happens(
        world, PromisesMade(topic, None, "condition", (Promise("一楼分摊另议", "物业", date(2026, 12, 20)),))
    )
    reaches(world, topic, PROCEDURE, STAGE)
    draft = world.last("两委群")
    assert "表决1：通过。" in draft
    assert "赞成 21" in draft
    assert "34" in draft
    assert "10月28日（周三） 党员大会：附条件同意。住户138****5678另议" in draft
    assert "落实：一楼分摊另议，由物业负责，12月20日（周日）前完成，完成 0%" in draft


def happened(world: World, topic: int) -> None:
    """A meeting with a condition, then a poll that carried."""
    rule = Rule(
        basis="村民委员会组织法 30",
        grade=Grade.LAW,
        electorate="village_reps",
        invalid_as=Outcome.INVALID_QUORUM,
        quorum=(Clause(Measure.HEADS, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL),),
        passing=(Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.PRESENT),),
    )
    roll = {number: Measures(1) for number in range(36)}
    said = [Choice.FOR] * 21 + [Choice.AGAINST] * 9 + [Choice.ABSTAIN] * 4
    verdict = decide(rule, take_tally(roll, dict(enumerate(said)), present=range(34)))
    now = world.clock.now()

    async def job(tx: Transaction) -> None:
        unit = (await units.named(tx, COMMUNITY))[0].id
        meeting = Meeting(
            id=0,
            community_id=unit,
            year=2026,
            number=1,
            body="party_voting",
            name="党员大会",
            group_id=None,
            place="议事厅",
            starts_at=now - timedelta(days=5),
            state=MeetingState.HELD,
            called_by=None,
            short_notice="",
            reason="",
        )
        held = await meetings.add(tx, meeting)
        await meetings.put_on_agenda(tx, held.id, [topic])
        item = (await meetings.agenda_of(tx, held.id))[0]
        await meetings.settle(tx, item, "conditional", "住户13812345678另议")
        poll = Poll(
            id=0,
            community_id=unit,
            year=2026,
            number=1,
            topic_id=topic,
            step_id=None,
            question="电梯更换",
            body="village_reps",
            roll=36,
            roll_area=None,
            rule=dump_rule(rule),
            secrecy=Secrecy.OPEN,
            group_id=None,
            opened_by=None,
            opens_at=now - timedelta(days=3),
            closes_at=now,
            remind_at=None,
            state=PollState.CLOSED,
            outcome=verdict.outcome,
            verdict=dump_verdict(verdict),
        )
        await polls.add(tx, poll, [])

    world.run(world.app.database.write(job))
