"""One poll in the groups of two platforms and in the single chats of a third: everybody has one ballot."""

from pathlib import Path

import pytest

from handlers.settings import Settings
from tests.people import Person
from tests.stories.voting import bring_to_the_representatives, town
from tests.world import COMMUNITY, Manner, World

TELEGRAM, WECOM, WECHAT = "telegram", "wecom_aibot", "wechat_oa"
PLATFORMS = ("console", TELEGRAM, WECOM, WECHAT)


def at_the_vote_everywhere(world: World) -> None:
    """Topic 1 before four representatives: one known on all three platforms, and one of each."""
    town(world, voters=0)
    world.group("代表决议群@电报群", platform=TELEGRAM)
    world.group("代表决议群@企微群", platform=WECOM)
    for name, platform in (
        ("钱在处处", TELEGRAM),
        ("赵电报", TELEGRAM),
        ("孙企微", WECOM),
        ("李公众号", WECHAT),
    ):
        world.member(name, "居民代表", platform=platform)
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    world.people["文书小周"].says("发起表决 议1 3天 依据 本社区议事规则第5条", to="两委群")


def as_on(world: World, name: str, platform: str) -> Person:
    """The same person on another platform, bound by their own code as anybody would."""
    known = world.people[name]
    other = Person(world, name, f"also-{known.account}", known.id, platform)
    other.says(f"绑定码 CODE{known.account.upper()}")
    return other


def ballots(world: World) -> dict[str, str]:
    query = "SELECT name, choice FROM ballots JOIN members ON members.id = member_id"
    return dict(world.rows(query))


@pytest.mark.parametrize("manner", list(Manner), ids=lambda manner: manner.value)
def test_a_poll_on_three_platforms_at_once_gives_nobody_a_second_ballot(
    tmp_path: Path, manner: Manner
) -> None:
    operators = frozenset(f"{platform}:operator" for platform in PLATFORMS)
    world = World(tmp_path, manner, Settings(COMMUNITY, operators=operators), platforms=PLATFORMS)
    at_the_vote_everywhere(world)
    one, in_wecom = world.people["钱在处处"], as_on(world, "钱在处处", WECOM)
    in_wechat = as_on(world, "钱在处处", WECHAT)

    world.people["赵电报"].presses("赞成", on="电报群")
    world.people["孙企微"].presses("反对", on="企微群")
    assert ballots(world) == {"赵电报": "for", "孙企微": "against"}

    one.presses("赞成", on="电报群")
    assert ballots(world)["钱在处处"] == "for"
    in_wecom.presses("反对", on="企微群")
    assert ballots(world)["钱在处处"] == "against"
    in_wechat.says("表决 议1 弃权")
    assert ballots(world)["钱在处处"] == "abstain"

    world.later(days=1)
    world.people["李公众号"].says("帮助")  # whoever writes may be written to for two days
    world.later(days=1, hours=1)
    world.people["李公众号"].presses("赞成")
    assert ballots(world) == {
        "赵电报": "for",
        "孙企微": "against",
        "李公众号": "for",
        "钱在处处": "abstain",
    }
    assert world.rows("SELECT roll, (SELECT sum(heads) FROM turnouts) FROM polls") == [(4, 4)]

    world.later(days=2)
    for group in ("电报群", "企微群"):
        assert "赞成 2" in world.last(group)
    world.close()
