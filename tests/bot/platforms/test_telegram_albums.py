"""An album is as many updates as it has pictures, and one message to whoever sent it."""

from datetime import UTC, datetime

import pytest

from bot.platforms.telegram_decode import Me
from bot.platforms.telegram_listen import Receiver, note_aside
from storage.messages import Inbound, Said
from tests.bot.platforms.updates import an_update, said

pytestmark = pytest.mark.anyio
ALBUM = {"media_group_id": "g1"}


async def received(*updates: object) -> list[Inbound]:
    found: list[Inbound] = []

    async def admit(events: list[Inbound]) -> None:
        found.extend(events)

    receiver = Receiver(Me(666, "yishi_bot"), lambda: datetime(2026, 11, 20, tzinfo=UTC), admit, note_aside)
    await receiver.take(list(updates))  # type: ignore[arg-type]
    return found


def a_picture(number: int, words: str = "", **more: str) -> object:
    update = an_update("photo", update_id=number)
    update["message"].pop("media_group_id")
    update["message"] |= {
        "message_id": number,
        "caption": words,
        "photo": [{"file_id": f"p{number}"}],
        **more,
    }
    return update


def shown(event: Inbound) -> tuple[str, str, list[str]]:
    assert isinstance(event.content, Said)
    return event.event_id, event.content.text, [file.ref for file in event.content.files]


async def test_pictures_of_one_album_are_one_message_whatever_came_between_them() -> None:
    found = await received(a_picture(7, **ALBUM), said(8, "路灯坏了"), a_picture(9, "楼道堆物", **ALBUM))
    assert [shown(event) for event in found] == [
        ("7", "楼道堆物", ["telegram:p7", "telegram:p9"]),
        ("8", "路灯坏了", []),
    ]


async def test_two_albums_and_a_picture_alone_stay_apart() -> None:
    found = await received(
        a_picture(7, "甲", **ALBUM),
        a_picture(8, "乙", media_group_id="g2"),
        a_picture(9, "丙"),
        a_picture(10, "丁"),
    )
    assert [shown(event) for event in found] == [
        ("7", "甲", ["telegram:p7"]),
        ("8", "乙", ["telegram:p8"]),
        ("9", "丙", ["telegram:p9"]),
        ("10", "丁", ["telegram:p10"]),
    ]
