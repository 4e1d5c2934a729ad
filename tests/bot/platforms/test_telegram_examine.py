"""What the doctor finds out about the channel."""

from typing import Any

import httpx
import pytest

from storage.messages import Address
from tests.fakes import ME, TOKEN, FakeBotApi

pytestmark = pytest.mark.anyio
GROUP = Address("telegram", "-1001234567890")
CHAT = {
    "id": -1001234567890,
    "type": "supergroup",
    "title": "居民群",
    "accent_color_id": 0,
    "max_reaction_count": 1,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    ),
}
HOOK = {"url": "https://old.example/secret-path", "has_custom_certificate": False, "pending_update_count": 3}
RIGHTS = [
    "change_info",
    "invite_users",
    "pin_messages",
    "send_messages",
    "send_polls",
    "send_other_messages",
    "add_web_page_previews",
    "manage_topics",
    "send_audios",
    "send_documents",
    "send_photos",
    "send_videos",
    "send_video_notes",
    "send_voice_notes",
    "edit_tag",
    "react_to_messages",
]


@pytest.fixture
def api() -> FakeBotApi:
    api = FakeBotApi()
    api.answers |= {"getChat": CHAT, "getChatMember": {"status": "member", "user": ME}}
    return api


async def findings(api: FakeBotApi, *groups: Address, **settings: Any) -> dict[str, str]:
    """Key without its slice → level; every sentence is written on the way."""
    found = await api.telegram(**settings).examine(groups)
    assert all(finding.sentence and TOKEN not in finding.sentence for finding in found)
    return {finding.key.removeprefix("telegram."): finding.level.value for finding in found}


async def test_when_all_is_well_it_says_who_the_bot_is(api: FakeBotApi) -> None:
    assert await findings(api, GROUP) == {"connected": "ok", "group_member": "ok"}


async def test_a_refused_token_is_the_only_finding(api: FakeBotApi) -> None:
    api.fail("getMe", 401, "Unauthorized")
    assert await findings(api, GROUP) == {"token_refused": "error"}


async def test_a_broken_line_is_the_only_finding(api: FakeBotApi) -> None:
    api.break_line("getMe", httpx.ConnectError(f"https://x/bot{TOKEN}/getMe"))
    assert await findings(api, GROUP) == {"no_answer": "error"}


async def test_privacy_mode_is_told_and_makes_a_plain_member_deaf(api: FakeBotApi) -> None:
    api.answers["getMe"] = ME | {"can_read_all_group_messages": False, "can_join_groups": False}
    expected = {
        "connected": "ok",
        "privacy_on": "warning",
        "groups_closed": "warning",
        "group_deaf": "warning",
    }
    assert await findings(api, GROUP) == expected


async def test_a_forgotten_webhook_is_told_by_its_host_alone(api: FakeBotApi) -> None:
    api.answers["getWebhookInfo"] = HOOK
    assert await findings(api) == {"connected": "ok", "webhook_forgotten": "warning"}
    told = " ".join(finding.sentence for finding in await api.telegram().examine())
    assert "old.example" in told
    assert "secret-path" not in told


async def test_a_webhook_that_is_configured_is_compared(api: FakeBotApi) -> None:
    hook = {"webhook_url": "https://new.example/telegram", "webhook_secret": "S3cret"}
    assert "webhook_missing" in await findings(api, **hook)
    api.answers["getWebhookInfo"] = HOOK
    assert "webhook_elsewhere" in await findings(api, **hook)
    assert (await findings(api, **(hook | {"webhook_secret": "密码"})))["webhook_unsafe"] == "error"
    api.answers["getWebhookInfo"] = HOOK | {"url": hook["webhook_url"]}
    assert await findings(api, **hook) == {"connected": "ok"}


async def test_failing_deliveries_and_a_long_queue_are_told(api: FakeBotApi) -> None:
    failing = {"last_error_date": 1_795_165_800, "last_error_message": "Connection refused"}
    api.answers["getWebhookInfo"] = HOOK | failing
    assert "webhook_failing" in await findings(api)
    api.answers["getWebhookInfo"] = HOOK | {"url": "", "pending_update_count": 101}
    assert "waiting" in await findings(api)


@pytest.mark.parametrize(
    ("member", "key", "level"),
    [
        ({"status": "creator", "is_anonymous": False}, "group_fine", "ok"),
        ({"status": "left"}, "group_gone", "error"),
        ({"status": "kicked", "until_date": 0}, "group_gone", "error"),
        (
            {"status": "restricted", "is_member": True, "until_date": 0}
            | {f"can_{right}": False for right in RIGHTS},
            "group_mute",
            "error",
        ),
    ],
)
async def test_the_standing_in_a_group_is_told(api: FakeBotApi, member: Any, key: str, level: str) -> None:
    api.answers["getChatMember"] = member | {"user": ME}
    assert (await findings(api, GROUP))[key] == level


async def test_a_group_that_is_gone_or_moved_is_told_and_the_others_are_looked_at(api: FakeBotApi) -> None:
    api.fail("getChat", 403, "Forbidden: bot was kicked from the supergroup chat")
    api.fail("getChat", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009)
    expected = {"connected": "ok", "group_gone": "error", "group_moved": "warning", "group_member": "ok"}
    assert await findings(api, GROUP, GROUP, GROUP) == expected
