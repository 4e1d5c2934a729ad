"""Setting the scene for rolls: a list of people is taken as the operator takes one, and a body is asked in the chat."""

from bot.cli.enrolling import Asked, Taken, take
from bot.config import Config
from bot.rollfile import read_roll
from handlers.house import all_routes
from handlers.members.roll import Roles
from handlers.work import House, Work, write_down
from storage.database import Transaction
from storage.messages import Address, Inbound, Said
from tests.people import Person
from tests.stories.voting import bring_to_the_representatives, town
from tests.world import COMMUNITY, World

HEADING = "姓名,角色,单元,房号,面积,手机,用途,数量,出生日期,年龄\n"


def imports(world: World, *lines: str, roles: Roles = Roles.ADD) -> Taken:
    """A list comes onto the roll; whoever is new on it gets a console account, called by name in `world.people`."""
    file = world.path.parent / "list.csv"
    file.write_text(HEADING + "\n".join(lines) + "\n", "utf-8")
    event = Inbound("cli", "list", Address("cli", "list"), world.clock.now(), Said("", ""))
    routes = all_routes()

    async def job(tx: Transaction) -> Taken:
        house = House(routes.reactions, routes.drawings, world.settings)
        work = Work(tx, house, event, world.clock.now())
        taken = await take(work, Config(), Asked(file, COMMUNITY, roles, None), read_roll(file))
        for outcome in taken.outcomes:
            if outcome.member and outcome.fate.value == "new":
                await _binds(world, tx, outcome.member.id, outcome.member.name)
        await write_down(tx, [work], world.clock.now())
        return taken

    return world.run(world.app.database.write(job))


async def _binds(world: World, tx: Transaction, member_id: int, name: str) -> None:
    person = Person(world, name, f"o{member_id}", member_id)
    await person.bind(tx, member_id, person.private.chat)
    world.people[name if name not in world.people else f"{name}{member_id}"] = person


def estate(world: World, *lines: str) -> None:
    """A community whose people are on this list, with a topic that can be put to the vote."""
    town(world, voters=0)
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    imports(world, *lines)


def asks(world: World, body: str, *more: str) -> str:
    """The office puts the topic to a body; what the office hears."""
    words = " ".join(("发起表决 议1 5天 名册", body, *(more or ("依据 征询意见",))))
    world.people["文书小周"].says(words, to="两委群")
    return world.last("两委群")


def asks_owners_by_area(world: World) -> str:
    """Owners are asked about the maintenance fund, by heads and area, from the day the notice allows on."""
    told = asks(world, "业主", "事项 动用维修资金 11月18日9:00起")
    world.later(days=16, hours=1)
    return told


def roll(world: World) -> list[tuple[str, str | None]]:
    """(reason, area) of every entry of the newest poll's electorate."""
    return world.rows(
        "SELECT reason, area FROM electors WHERE entry_id = member_id"
        " AND poll_id = (SELECT MAX(id) FROM polls) ORDER BY member_id"
    )


def whole(world: World) -> tuple[int, str | None]:
    """Heads and area of the newest poll's roll, as the poll keeps them."""
    return world.rows("SELECT roll, roll_area FROM polls ORDER BY id DESC LIMIT 1")[0]
