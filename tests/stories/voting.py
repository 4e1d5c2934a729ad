"""Setting the scene for a vote."""

from sqlalchemy import text

from handlers.events import StageDecided
from handlers.work import Work, write_down
from storage import issues
from storage.database import Transaction
from storage.messages import Address, Due, Inbound
from storage.records import Category, Issue, IssueState, Kind, Level
from tests.world import COMMUNITY, World


def issue_in(world: World, words: str) -> None:
    """An issue from the residents' group, accepted."""

    async def job(tx: Transaction) -> None:
        from storage import groups, units

        unit = (await units.named(tx, COMMUNITY))[0]
        group = await groups.at(tx, world.groups["居民群"])
        assert group is not None
        await issues.add(
            tx,
            Issue(
                0, unit.id, 2026, await units.next_number(tx, unit.id, "issue", 2026), IssueState.FILED, Kind.ISSUE,
                Category.BUILDING, Level.U2, "3号楼2单元", words, "", None, group.id, "m0", world.clock.now(), unit.id,
                None, "", None, None, None, "", None,
            ),
        )  # fmt: skip

    world.run(world.app.database.write(job))


def push(world: World, outcome: str) -> None:
    """The stage topic 1 is in comes to this outcome, as whoever carries it out would say."""

    async def job(tx: Transaction) -> None:
        event = Inbound("test", "x", Address("test", "x"), world.clock.now(), Due("x", 0, world.clock.now()))
        work = Work(tx, world.app.dispatch.house, event, world.clock.now())
        row = await tx.row(text("SELECT step_id FROM cases WHERE topic_id = 1 ORDER BY id DESC LIMIT 1"))
        assert row is not None
        await work.record(StageDecided(row[0], outcome))
        await write_down(tx, [work], world.clock.now())

    world.run(world.app.database.write(job))
    world.deliver()


def change(world: World, statement: str) -> None:
    """Change a row behind the house's back, to set a scene."""

    async def job(tx: Transaction) -> None:
        await tx.run(text(statement))

    world.run(world.app.database.write(job))


def make_secret(world: World) -> None:
    """The poll that is open is a secret one."""
    change(world, "UPDATE polls SET secrecy = 'secret'")


def town(world: World, voters: int = 3) -> None:
    world.group("居民群")
    world.group("网格员群")
    world.group("专题群")
    world.group("公示群")
    world.group("两委群")
    world.member("文书小周", "文书")
    world.member("网格员小王", "网格员")
    issue_in(world, "3号楼2单元电梯老停，建议更换")
    for number in range(voters):
        world.member(f"邻居{number}", "居民")


def bring_to_the_representatives(world: World) -> None:
    """Accepted, the parties named, no agreement found: the representatives are to decide, in the usual way."""
    for outcome in ("accept", "done", "escalate"):
        push(world, outcome)
    world.people["文书小周"].presses("按原定办法", on="两委群")


def at_the_vote(world: World, voters: int = 36) -> None:
    """Topic 1 stands before the representatives, under 社区协商; the secretary is no representative."""
    town(world, voters=0)
    world.group("代表决议群")
    for number in range(1, voters + 1):
        world.member(f"代表{number}", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    world.people["文书小周"].says("发起表决 议1 3天 依据 本社区议事规则第5条", to="两委群")


def vote(world: World, yes: int, no: int = 0, abstain: int = 0) -> None:
    """The first so many representatives press so."""
    labels = ["赞成"] * yes + ["反对"] * no + ["弃权"] * abstain
    for number, label in enumerate(labels, start=1):
        world.people[f"代表{number}"].presses(label, on="代表决议群")


def asked(world: World, kind: str, voters: int = 6) -> None:
    """Topic 1 is put to so many representatives in another kind: `单选 选项 东门；西门`; six are enough to be told of."""
    town(world, voters=0)
    world.group("代表决议群")
    for number in range(1, voters + 1):
        world.member(f"代表{number}", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    world.people["文书小周"].says(f"发起表决 议1 3天 依据 本社区议事规则第5条 {kind}", to="两委群")


def press_in_turn(world: World, *presses: str) -> None:
    """The first representative presses the first of these labels (several parted by blanks), and so on."""
    for number, labels in enumerate(presses, start=1):
        for label in labels.split():
            world.people[f"代表{number}"].presses(label, on="代表决议群")


def say_in_turn(world: World, *ballots: str) -> None:
    """The first representative says the first of these ballots in private, and so on."""
    for number, words in enumerate(ballots, start=1):
        world.people[f"代表{number}"].says(f"表决 议1 {words}")


def joined(world: World, entry: str, other: str) -> None:
    """Of the poll that is open, somebody shares the entry of somebody else who stands in it."""
    first, second = world.people[entry].id, world.people[other].id
    change(world, f"UPDATE electors SET entry_id = {first} WHERE member_id = {second}")
    change(world, "UPDATE polls SET roll = roll - 1")
