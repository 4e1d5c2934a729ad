"""What stories about meetings need: a community whose representatives are to decide something."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import meetings
from storage.database import Transaction
from storage.records import Meeting, MeetingState
from tests.people import Person
from tests.stories.afterwards import issue_in, reaches, topic_of
from tests.world import World

HALL = "议事厅"


def community(world: World, representatives: int = 4) -> Person:
    """Groups, representatives of whom the last has no private chat, and the secretary, who is returned."""
    for group in ("居民群", "代表决议群", "两委群", "党员审议群"):
        world.group(group)
    for number in range(1, representatives + 1):
        world.member(f"代表{number}", "居民代表", private=number < representatives)
    return world.member("小周", "文书")


def before_the_representatives(world: World, title: str = "更换电梯") -> int:
    """A topic whose case waits for the 居民代表会议: notice of 10 days, two thirds, more than half of those present."""
    topic_id = topic_of(world, title, "", issue_in(world, f"{title}，请大家议"))
    reaches(world, topic_id, "community_consultation", "reps")
    return topic_id


def before_members_and_representatives(world: World, title: str = "广场舞时间") -> int:
    """A topic whose case waits for the monthly 党员群众代表会议, which needs neither notice nor numbers."""
    topic_id = topic_of(world, title, "", issue_in(world, f"{title}，请大家议"))
    reaches(world, topic_id, "jianan_two_meetings", "monthly")
    return topic_id


def called(world: World, when: str = "11月14日19:00", extra: str = "") -> Person:
    """The representatives are called; returns the secretary."""
    secretary = community(world)
    before_the_representatives(world)
    secretary.says(f"开会 居民代表会议 {when} {HALL} 议题 1{extra}", to="两委群")
    return secretary


def reminders(world: World, where: str | Person) -> list[str]:
    """The reminders somebody heard."""
    return [said for said in world.heard(where) if said.startswith("📅 提醒")]


def november(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def prepared(world: World, starts_at: datetime, notice_at: datetime, *topic_ids: int) -> Meeting:
    """会9 of the representatives is written down, and nobody has been called yet."""
    row = Meeting(
        id=0,
        community_id=1,
        year=2026,
        number=9,
        body="resident_reps",
        name="居民代表会议",
        group_id=None,
        place=HALL,
        starts_at=starts_at,
        state=MeetingState.CALLED,
        called_by=world.people["小周"].id,
        short_notice="",
        reason="",
        notice_at=notice_at,
    )

    async def write(tx: Transaction) -> Meeting:
        meeting = await meetings.add(tx, row)
        await meetings.put_on_agenda(tx, meeting.id, topic_ids)
        return meeting

    return world.run(world.app.database.write(write))
