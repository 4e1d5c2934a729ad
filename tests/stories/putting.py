"""Setting the scene for whoever puts a question to the vote."""

from storage.messages import Card
from tests.stories.voting import bring_to_the_representatives, town
from tests.world import World

BASIS = "依据 本社区议事规则第5条"


def at_the_representatives(world: World, voters: int = 6) -> None:
    """Topic 1 waits for the representatives, and nothing has been put to the vote."""
    town(world, voters=0)
    world.group("代表决议群")
    for number in range(1, voters + 1):
        world.member(f"代表{number}", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)


def told(world: World) -> str:
    return world.last("两委群")


def poll_card(world: World) -> Card:
    """What the first card of a poll in the representatives' group shows now."""
    return world.cards("代表决议群")[1]


def orders(world: World, words: str) -> str:
    """What the office hears when it puts topic 1 to the vote in these words."""
    world.people["文书小周"].says(f"发起表决 议1 {words}", to="两委群")
    return told(world)
