"""四方联席: every side speaks for itself, whoever is against stops it, whoever is not there is not bound."""

from tests.people import Person
from tests.stories.afterwards import issue_in, reaches, stage_of, topic_of
from tests.stories.gatherings import community
from tests.world import World


def before_the_four(world: World) -> tuple[Person, int]:
    """Everybody who raised it is called; the meeting has begun."""
    secretary = community(world)
    one, two = world.member("甲", "居民"), world.member("乙", "居民")
    topic = topic_of(world, "绿地改车位", "", issue_in(world, "绿地改成车位了", one, (two,)))
    reaches(world, topic, "four_party_meeting", "meet")
    secretary.says("开会 协商会 明天19:00 议事厅 议题 1", to="两委群")
    world.later(days=2)
    return secretary, topic


def said_by_all(developer: str, property_firm: str = "同意") -> str:
    return f"各方 党组织:同意 开发商:{developer} 业委会:同意 物业服务企业:{property_firm}"


def test_what_all_four_agree_to_passes_and_says_so(any_world: World) -> None:
    secretary, topic = before_the_four(any_world)
    secretary.says(f"结果 会1 议1 {said_by_all('同意')}", to="两委群")
    assert stage_of(any_world, topic)[0] == "publish"
    assert any("各方都同意" in said for said in any_world.heard("两委群"))


def test_one_side_against_cannot_be_entered_as_agreed(any_world: World) -> None:
    secretary, topic = before_the_four(any_world)
    secretary.says(f"结果 会1 议1 通过 {said_by_all('反对')}", to="两委群")
    assert "有一方不同意" in any_world.last("两委群")
    assert stage_of(any_world, topic)[0] == "meet"
    secretary.says(f"结果 会1 议1 {said_by_all('反对')}", to="两委群")
    assert any_world.rows("SELECT ended_as FROM cases") == [("failed",)]
    (outcome,) = any_world.rows("SELECT outcome FROM agenda")
    assert outcome == ("rejected",)


def test_a_side_that_is_not_there_leaves_the_choice_to_people_and_is_not_bound(any_world: World) -> None:
    secretary, topic = before_the_four(any_world)
    secretary.says(f"结果 会1 议1 {said_by_all('缺席')}", to="两委群")
    assert "有一方没到" in any_world.last("两委群")
    assert stage_of(any_world, topic)[0] == "meet"
    secretary.says(f"结果 会1 议1 通过 {said_by_all('缺席')}", to="两委群")
    assert stage_of(any_world, topic)[0] == "publish"
    (note,) = any_world.rows("SELECT note FROM agenda")[0]
    assert "只约束同意的：党组织、业主委员会、物业服务企业" in note


def test_a_side_left_out_or_told_twice_is_asked_for_by_name(any_world: World) -> None:
    secretary, topic = before_the_four(any_world)
    for words in ("各方 党组织:同意 业委会:同意", said_by_all("同意").replace("业委会", "党组织")):
        secretary.says(f"结果 会1 议1 {words}", to="两委群")
        assert "党组织、开发商、业主委员会、物业服务企业" in any_world.last("两委群")
    assert stage_of(any_world, topic)[0] == "meet"
