"""Setting the scene for an owners' vote: heads and floor area, the lawful route of an ordinary matter."""

import json

from handlers.matters.catalogue import routes
from handlers.rules.stored import dump_rule
from tests.stories.voting import at_the_vote, change
from tests.world import World

AREA = "100.00"


def owners_vote(world: World, owners: int = 6) -> None:
    """代表1 … are owners of 100 m² each, who are asked about the maintenance fund in the poll that is open."""
    at_the_vote(world, voters=owners)
    rule = dump_rule(routes()["owners_ordinary"].rule)
    matter = json.dumps({"matter": "fund_use", "route": "owners_ordinary", "reason": ""})
    roll_area = f"{owners * 100}.00"
    change(
        world,
        f"UPDATE polls SET body = 'owners', rule = '{rule}', matter = '{matter}', roll_area = '{roll_area}'",
    )
    change(world, f"UPDATE electors SET area = '{AREA}'")
    doors = " ".join(f"WHEN {world.people[f'代表{n}'].id} THEN '3-1-{n}'" for n in range(1, owners + 1))
    change(world, f"UPDATE members SET door = CASE id {doors} ELSE door END")


def press(world: World, **numbers: int) -> None:
    """So many owners press each choice, in the order of the words given (`赞成=6, 反对=4`)."""
    labels = [label for label, number in numbers.items() for _ in range(number)]
    for place, label in enumerate(labels, start=1):
        world.people[f"代表{place}"].presses(label, on="代表决议群")
