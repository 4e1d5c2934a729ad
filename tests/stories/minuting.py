"""What stories about minutes need: a meeting that was held, and what its room left behind."""

from datetime import UTC, datetime, timedelta

from storage import attendances, meetings, speeches
from storage.database import Transaction
from storage.records import Attendance, AttendedBy, Capacity, Speech, SpeechKind
from tests.people import Person
from tests.stories.afterwards import issue_in, reaches, topic_of
from tests.world import World

STARTS = datetime(2026, 11, 14, 11, 0, tzinfo=UTC)


def met(world: World, *, ended: bool = True) -> tuple[Person, Person]:
    """A meeting of four representatives, held, noted, one item decided with a condition; recorder and chair."""
    for group in ("居民群", "代表决议群", "两委群", "公示群"):
        world.group(group)
    for number in range(1, 5):
        world.member(f"赵代表{number}", "居民代表", private=number < 4, door=f"3-1-30{number}")
    reporter = world.member("钱多多", "居民", door="3-2-201")
    recorder = world.member("小周", "文书")
    chair = world.member("李主任", "书记")
    topic = topic_of(world, "更换电梯", "", issue_in(world, "更换电梯，请大家议", reporter))
    reaches(world, topic, "community_consultation", "reps")
    recorder.says("开会 居民代表会议 11月14日19:00 议事厅 议题 1", to="两委群")
    world.later(until=STARTS + timedelta(hours=2, minutes=1))
    note_down(world, chair, recorder, ended=ended)
    recorder.says("结果 会1 议1 附条件 到会3 赞成2 反对1 弃权0 条件：按钮要大 责任人 赵代表2 12月20日")
    return recorder, chair


def note_down(world: World, chair: Person, recorder: Person, *, ended: bool = True) -> None:
    """What the room leaves behind: who came, who said what, begin and end."""

    async def job(tx: Transaction) -> None:
        for number in range(1, 4):
            person = world.people[f"赵代表{number}"]
            await attendances.come(
                tx, Attendance(1, person.id, Capacity.VOTER, AttendedBy.CODE, STARTS, None)
            )
        said = (
            ("赵代表1", SpeechKind.REMARK, "钱多多家门口的灯也坏了，电话13800138000"),
            ("赵代表2", SpeechKind.AMENDMENT, "按钮做大"),
            ("赵代表3", SpeechKind.DISSENT, "费用太高"),
        )
        for name, kind, words in said:
            who = world.people[name].id
            await speeches.add(tx, Speech(0, 1, 1, kind, name, who, words, STARTS))
        ended_at = STARTS + timedelta(minutes=90) if ended else None
        await meetings.change(
            tx, 1, begun_at=STARTS, ended_at=ended_at, chair_id=chair.id, recorder_id=recorder.id
        )

    world.run(world.app.database.write(job))


def confirmed(world: World, recorder: Person) -> None:
    """The one promise is read back and found right."""
    recorder.says("纪要 会1")
    recorder.says("纪要 会1 核对")
    world.people["赵代表2"].presses("属实")


def approved(world: World) -> tuple[Person, Person]:
    """Minutes that the chair has approved."""
    recorder, chair = met(world)
    confirmed(world, recorder)
    chair.says("纪要 会1 批准")
    return recorder, chair
