"""The app of WeCom: what comes in by callback."""

from datetime import timedelta

import pytest

from bot.platforms.wecom_app_settings import WecomAppSettings
from storage.messages import (
    Card,
    File,
    FileKind,
    Location,
    Presence,
    Pressed,
    Said,
)
from tests.bot.platforms.wecom_app_world import ROWS, ZHANG, World, a_press, message
from tests.weixin import KEY, TOKEN, Caller

pytestmark = pytest.mark.anyio


@pytest.fixture
def world() -> World:
    return World()


async def test_the_address_is_verified_by_echoing_what_was_sealed(world: World) -> None:
    answer = await world.wecom.get()
    assert (answer.status_code, answer.text) == (200, "echo 你好")
    assert (await world.wecom.get(msg_signature="0" * 40)).status_code == 403


async def test_a_text_is_admitted_before_it_is_answered(world: World) -> None:
    text = message(MsgType="text", Content="3栋电梯坏了", MsgId="7300000000000000001")
    answer = await world.wecom.post(text)
    assert (answer.status_code, answer.content) == (200, b"")
    (event,) = world.disk.events
    assert event.content == Said("7300000000000000001", "3栋电梯坏了", addressed=True)
    assert (event.chat, event.sender.account, event.private) == (ZHANG, "zhangsan", True)


async def test_while_the_disk_is_full_wecom_is_asked_to_repeat_and_then_nothing_is_twice(
    world: World,
) -> None:
    text = message(MsgType="text", Content="路灯", MsgId="73")
    world.disk.full = True
    assert (await world.wecom.post(text)).status_code == 503
    world.disk.full = False
    assert [(await world.wecom.post(text)).status_code for _ in range(3)] == [200, 200, 200]
    assert len(world.disk.events) == 1


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"MsgType": "image", "MediaId": "M1"}, (File(FileKind.PHOTO, "wecom_app:M1"),)),
        ({"MsgType": "voice", "MediaId": "M2"}, (File(FileKind.VOICE, "wecom_app:M2"),)),
    ],
)
async def test_pictures_and_recordings_are_kept_by_their_media_id(
    world: World, fields: dict[str, str], content: tuple[File, ...]
) -> None:
    await world.wecom.post(message(**fields, MsgId="5"))
    assert world.disk.events[0].content.files == content


async def test_a_place_is_heard_with_its_name(world: World) -> None:
    place = {"MsgType": "location", "Location_X": "30.27", "Location_Y": "120.15", "Label": "桂花里3栋"}
    await world.wecom.post(message(**place, MsgId="6"))
    said = world.disk.events[0].content
    assert (said.text, said.location) == ("桂花里3栋", Location("30.272312", "120.145278"))


async def test_opening_and_leaving_the_app_are_presence(world: World) -> None:
    await world.wecom.post(message(MsgType="event", Event="enter_agent"))
    await world.wecom.post(message(MsgType="event", Event="unsubscribe"))
    await world.wecom.post(message(MsgType="event", Event="something_new"))
    assert [event.content for event in world.disk.events] == [Presence("inside"), Presence("outside")]


async def test_two_quick_presses_are_two_and_a_repeated_one_is_one(world: World) -> None:
    shown = await world.say(Card("🗳 加装电梯", ROWS))
    for code in ("A", "B", "A"):
        assert (await world.wecom.post(a_press(shown, code, "ballot:7:yes"))).status_code == 200
    assert [event.content.press for event in world.disk.events] == ["ballot:7:yes"] * 2
    assert {event.content.message_id for event in world.disk.events} == {shown}


async def test_a_lone_choice_a_button_and_an_empty_submission_are_all_read(world: World) -> None:
    await world.wecom.post(a_press("button_interaction@y1", "A", key="take:12"))
    await world.wecom.post(a_press("multiple_interaction@y2", "B", "tag:1", "keep", "urgency:2"))
    await world.wecom.post(a_press("vote_interaction@y3", "C"))
    presses = [event.content for event in world.disk.events]
    assert all(isinstance(one, Pressed) for one in presses)
    assert [one.press for one in presses] == ["take:12", "tag:1", "urgency:2", "stale"]
    assert len({event.event_id for event in world.disk.events}) == 4


async def test_what_is_forged_old_for_another_or_broken_gets_nowhere(world: World) -> None:
    good = message(MsgType="text", Content="x", MsgId="9")
    late = world.wecom.seal(good)
    wrong = await world.wecom.post(good, msg_signature="0" * 40)
    stranger = Caller(world.wecom.endpoint, "ww2", lambda: world.api.now)
    elsewhere = await stranger.post(good)
    bare = await world.wecom.raw(good.encode())
    noise = await world.wecom.raw(b"\xff\xfe not xml")
    empty = await world.wecom.raw(b"")
    big = await world.wecom.raw(b"<xml>" + b"a" * 70_000 + b"</xml>")
    world.api.now += timedelta(minutes=6)
    body = f"<xml><Encrypt>{late['Encrypt']}</Encrypt></xml>".encode()
    old = await world.wecom.raw(body, **world.wecom.query(late))
    statuses = [one.status_code for one in (wrong, elsewhere, bare, noise, empty, big, old)]
    assert statuses == [403, 403, 403, 400, 400, 413, 403]
    assert all(not one.content for one in (wrong, elsewhere, bare, noise, empty, big, old))
    assert not world.disk.events


@pytest.mark.parametrize(
    "inside",
    [
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><xml><MsgType>&c;</MsgType></xml>',
        "<xml><MsgType>text</MsgType>",
        "<xml></xml>",
        "<other/>",
        "<xml><FromUserName>z</FromUserName><CreateTime>soon</CreateTime></xml>",
        "<xml><MsgType>text</MsgType><CreateTime>1795165800</CreateTime></xml>",
    ],
)
async def test_a_sealed_callback_that_cannot_be_read_changes_nothing(world: World, inside: str) -> None:
    assert (await world.wecom.post(inside)).status_code == 400
    assert not world.disk.events


def test_no_secret_shows_when_settings_are_printed() -> None:
    settings = WecomAppSettings("ww1", 1, "SECRET", TOKEN, KEY)
    shown = repr(settings) + repr(settings.badge())
    assert not any(secret in shown for secret in ("SECRET", TOKEN, KEY))
    assert settings.masked(f"a {KEY} b SECRET") == "a *** b ***"
