"""A chatter message from raw bytes to the door and out, beside telegram.Update.de_json of the same bytes.

    python -m tests.bench.door

Ours is everything that is done about it: JSON, decoding, the door's verdict. Prints a table and one JSON line; fails
when all of them together cost as much as theirs.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram import Update

from bot.platforms.telegram_decode import decode
from handlers.door import Door
from storage.messages import Inbound
from tests.bench.town import ME, chatter, machine, town

ROUNDS, TIMES = 9, 300
WORDS = (
    "早上好",
    "哈哈哈哈哈",
    "晚上跳舞还是老地方，七点半见，别迟到啊",
    "今天的菜真新鲜，西红柿才两块五一斤，去晚了就没有了",
    "谁家的快递放错了，放在门卫那里了，自己去拿一下",
    "+1",
    "我接龙：王阿姨 鸡蛋两斤 白菜一颗",
    "转发：周末社区电影放映通知，欢迎大家带着孩子一起来看，记得自带小板凳，下雨取消。" * 3,
)


def ours(door: Door, updates: Sequence[bytes]) -> None:
    now = datetime.now(UTC)
    for raw in updates:
        event = decode(json.loads(raw), ME, now)
        assert isinstance(event, Inbound)
        assert not door.concerns(event, now)


def theirs(updates: Sequence[bytes]) -> None:
    for raw in updates:
        Update.de_json(json.loads(raw), None)


def microseconds(work: Callable[[], None], messages: int) -> float:
    begun = time.perf_counter()
    for _ in range(TIMES):
        work()
    return (time.perf_counter() - begun) / TIMES / messages * 1e6


async def measure() -> dict[str, object]:
    rows = []
    with TemporaryDirectory() as folder:
        async with town(Path(folder) / "house.db", 3) as app:
            for words in WORDS:
                updates = [chatter(1, words)]
                door, peers = partial(ours, app.door, updates), partial(theirs, updates)
                pairs = [(microseconds(door, 1), microseconds(peers, 1)) for _ in range(ROUNDS)]
                mine, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
                row = {"characters": len(words), "door_us": round(mine, 2), "de_json_us": round(peer, 2)}
                rows.append(row | {"ratio": round(mine / peer, 3)})
    mine, peer = (sum(float(row[name]) for row in rows) for name in ("door_us", "de_json_us"))
    return {"bench": "door", "ratio": round(mine / peer, 3), "rows": rows, "machine": machine()}


def main() -> None:
    found = asyncio.run(measure())
    rows = found["rows"]
    assert isinstance(rows, list)
    print(f"{'characters':>10}{'ours µs':>10}{'de_json µs':>12}{'ratio':>8}")
    for row in rows:
        print(f"{row['characters']:>10}{row['door_us']:>10}{row['de_json_us']:>12}{row['ratio']:>8}")
    print(json.dumps(found))
    if float(str(found["ratio"])) >= 1:
        raise SystemExit("a message nobody needs costs more than parsing it")


if __name__ == "__main__":
    main()
