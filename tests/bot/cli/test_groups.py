import pytest

from tests.bot.cli.desk import Desk

CHAT = "telegram:-1001234"


def test_a_group_is_bound_and_shown(desk: Desk) -> None:
    shown = desk.done("groups", "bind", CHAT, "--as", "居民群", "--unit", "桂花里社区")
    assert shown == "已绑定：telegram:-1001234 是桂花里社区的居民群。\n"
    (group,) = desk.objects("groups", "list")
    assert (group["address"], group["role"], group["unit"], group["state"]) == (
        CHAT,
        "residents",
        "桂花里社区",
        "active",
    )
    assert "居民群" in desk.done("groups", "list")
    assert desk.rows("SELECT event FROM journal") == [("GroupBound",)]


def test_binding_again_gives_it_another_role(desk: Desk) -> None:
    desk.done("groups", "bind", CHAT, "--as", "居民群", "--unit", "桂花里社区")
    desk.done("groups", "bind", CHAT, "--as", "公示群")
    assert [group["role"] for group in desk.objects("groups", "list")] == ["household_notice"]


def test_an_unbound_group_is_lost_and_can_be_bound_again(desk: Desk) -> None:
    desk.done("groups", "bind", CHAT, "--as", "居民群", "--unit", "桂花里社区")
    desk.done("groups", "unbind", CHAT)
    assert [group["state"] for group in desk.objects("groups", "list")] == ["lost"]
    desk.done("groups", "bind", CHAT, "--as", "居民群")
    assert [group["state"] for group in desk.objects("groups", "list")] == ["active"]
    assert [row[0] for row in desk.rows("SELECT event FROM journal")] == [
        "GroupBound",
        "GroupLost",
        "GroupBound",
    ]


@pytest.mark.parametrize(
    ("address", "role", "said"),
    [
        ("居民群", "居民群", "不是群的地址"),
        ("telegram:", "居民群", "不是群的地址"),
        ("telegram:@our_group", "居民群", "不是 Telegram 的群"),
        ("telegram:12345", "居民群", "不是 Telegram 的群"),
        (CHAT, "居民裙", "没有“居民裙”这种群"),
    ],
)
def test_what_is_written_wrongly_is_a_misuse(desk: Desk, address: str, role: str, said: str) -> None:
    assert said in desk.refused("groups", "bind", address, "--as", role, "--unit", "桂花里社区", code=2)
    assert not desk.database.exists()


def test_a_slip_of_the_pen_founds_no_community(desk: Desk) -> None:
    desk.has_a_roll()
    before = desk.rows("SELECT * FROM units")
    said = desk.refused("groups", "bind", CHAT, "--as", "居民群", "--unit", "桂花理社区")
    assert "是要写“桂花里社区”吗" in said
    assert desk.rows("SELECT * FROM units") == before
    assert desk.rows("SELECT * FROM groups") == []
    desk.done("groups", "bind", CHAT, "--as", "居民群", "--unit", "桂花理社区", "--new-unit")
    assert len(desk.rows("SELECT * FROM units")) == len(before) + 1


def test_with_two_communities_it_asks_which(desk: Desk) -> None:
    desk.done("groups", "bind", CHAT, "--as", "居民群", "--unit", "桂花里社区")
    desk.done("groups", "bind", "telegram:-5", "--as", "居民群", "--unit", "兰苑社区", "--new-unit")
    assert "桂花里社区、兰苑社区" in desk.refused("groups", "bind", "telegram:-6", "--as", "居民群")


def test_with_none_it_asks_for_one(desk: Desk) -> None:
    assert "请用 --unit" in desk.refused("groups", "bind", CHAT, "--as", "居民群")


def test_a_group_that_was_never_bound_cannot_be_unbound(desk: Desk) -> None:
    desk.has_a_roll()
    assert "没有绑定过" in desk.refused("groups", "unbind", CHAT)
    assert "还没有绑定任何群" in desk.done("groups", "list")


def test_a_house_without_doors_has_no_codes_to_hang_up(desk: Desk) -> None:
    desk.done("groups", "bind", "telegram:-1001", "--as", "居民群", "--unit", "桂花里社区")
    assert "还没有楼门和网格" in desk.done("groups", "places")
