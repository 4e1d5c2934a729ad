"""The whole house behind the AI bot's line: from a frame to the disk and back to the person."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE
from storage import outbox
from storage.messages import Act, Address, Card, Urgency
from storage.outbox import Letter
from storage.records import Secrecy
from tests.peers import eventually
from tests.storage.files import rows
from tests.wecom_house import CHOICES, VOTERS, house, open_poll
from tests.wecom_line import Hands, WecomLine

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_group_is_bound_and_a_matter_reported_and_answered_once(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(Hands(lambda: datetime.now(UTC))) as server, house(path, server):
        await server.say("wrGROUP", "wangwu", "@小区助手 绑定 居民群 桂花里社区")
        await eventually(lambda: rows(path, "SELECT 1 FROM groups WHERE chat = 'wrGROUP'"))
        msgid = await server.say("wrGROUP", "lisi", "@小区助手 报事 3号楼2单元电梯坏了")
        await server.say("wrGROUP", "lisi", "@小区助手 报事 3号楼2单元电梯坏了", msgid=msgid)
        await eventually(lambda: len(server.sent("aibot_respond_msg")) == 2)
        await asyncio.sleep(0.2)
        assert rows(path, "SELECT count(*) FROM issues") == [(1,)]
        assert len(server.sent("aibot_respond_msg")) == 2, "one answer each, the repetition has none"
        assert not server.sent("aibot_send_msg"), "a group that is bound is not asked what it is for"
        assert not server.violations


def standing_still() -> Hands:
    """A clock that stands: whatever happens happens at one moment, however slow the machine is."""
    moment = datetime.now(UTC)
    return Hands(lambda: moment)


@pytest.mark.parametrize(
    ("voters", "secrecy", "box"),
    [(1000, Secrecy.OPEN, "ballots"), (250, Secrecy.SECRET, "secret_ballots")],
)
async def test_all_voters_press_at_one_moment_and_each_is_counted_once_and_answered(
    tmp_path: Path, voters: int, secrecy: Secrecy, box: str
) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(standing_still()) as server, house(path, server, voters, secrecy) as app:
        task = await open_poll(app, server)
        for number in range(1, voters + 1):
            press = f"poll.cast:1:{CHOICES[number % 3]}"
            msgid = await server.press(VOTERS.chat, str(number), task, press)
            if number % 10 == 0:
                await server.press(VOTERS.chat, str(number), task, press, msgid=msgid)
        await eventually(lambda: len(server.views) == voters, 60)
        counted = rows(path, f"SELECT choice, count(*) FROM {box} GROUP BY choice")
        assert Counter(dict(counted)) == Counter(CHOICES[number % 3] for number in range(1, voters + 1))
        assert rows(path, "SELECT heads FROM turnouts") == [(voters,)]
        answers = [body for body in server.sent("aibot_respond_update_msg") if body.get("userids")]
        assert len(answers) == voters, "one answer each, a press that came twice has one"
        assert not server.violations


def heard(server: WecomLine) -> list[str]:
    return [body["markdown"]["content"] for body in server.sent("aibot_send_msg")]


async def test_danger_is_told_before_forty_notices_that_wait_and_none_of_them_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    notices = [f"第{number}号通知" for number in range(1, 41)]
    async with WecomLine(standing_still()) as server, house(path, server, people=1) as app:
        await server.say(VOTERS.chat, "1", "@小区助手 在吗")

        async def post(*letters: Letter) -> None:
            now = server.hands.now
            await app.database.write(lambda tx: outbox.write(tx, letters, now))
            app.post.wake()

        await post(*(Letter(Act.SAY, VOTERS, Card(words), Urgency.NOTICE) for words in notices))
        await eventually(lambda: rows(path, "SELECT 1 FROM outbox WHERE attempts > 0"))
        told = len(heard(server))
        assert told < 30, "room is kept for what is urgent"
        await post(Letter(Act.SAY, VOTERS, Card("3号楼燃气泄漏，请撤离"), Urgency.NOW, once="alarm"))
        await eventually(lambda: len(heard(server)) > told)
        assert heard(server) == [*notices[:told], "3号楼燃气泄漏，请撤离"]
        server.hands.later(minutes=2)
        app.post.wake()
        await eventually(lambda: len(heard(server)) == 41)
        assert heard(server)[told + 1 :] == notices[told:]
        assert not server.violations


async def test_after_an_outage_the_bound_groups_are_asked_to_say_it_again(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(Hands(lambda: datetime.now(UTC))) as server, house(path, server):
        await server.say("wrGROUP", "wangwu", "@小区助手 绑定 居民群 桂花里社区")
        await eventually(lambda: rows(path, "SELECT 1 FROM groups WHERE chat = 'wrGROUP'"))
        server.hands.on_pause = lambda _: server.hands.later(minutes=3)
        server.drop()
        await eventually(lambda: any("请重发" in str(body) for body in server.sent("aibot_send_msg")))
        assert rows(path, "SELECT count(*) FROM outbox WHERE once LIKE 'wecom_aibot:back:%'") == [(1,)]


async def test_a_single_chat_is_known_for_later_by_what_was_said_there(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(Hands(lambda: datetime.now(UTC))) as server, house(path, server):
        await server.say("", "lisi", "帮助")
        await eventually(lambda: server.sent("aibot_respond_msg"))
        assert Address.parse(f"{PLATFORM}:{SINGLE}lisi") == Address(PLATFORM, f"{SINGLE}lisi")
        assert not server.violations


async def test_after_a_restart_a_quote_is_still_known_for_what_it_quotes(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(Hands(lambda: datetime.now(UTC))) as server:
        async with house(path, server):
            await server.say("wrGROUP", "wangwu", "@小区助手 绑定 居民群 桂花里社区")
            await eventually(lambda: rows(path, "SELECT 1 FROM groups WHERE chat = 'wrGROUP'"))
            await server.say("wrGROUP", "lisi", "@小区助手 报事 3号楼2单元电梯坏了")
            await eventually(lambda: rows(path, "SELECT 1 FROM cards WHERE message_id != ''"))
        quote = {"msgtype": "text", "text": {"content": "📝 已记下 〔2026〕1号"}}
        async with house(path, server):
            await server.say("wrGROUP", "wangwu", "@小区助手 在里面听见响声", quote=quote)
            await eventually(lambda: rows(path, "SELECT 1 FROM outbox WHERE body LIKE '%已补充到%'"))
        assert rows(path, "SELECT count(*) FROM issues") == [(1,)]
