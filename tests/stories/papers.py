"""What stories about papers need: a house whose pages are reached from outside, and what stands in a paper it sent."""

from dataclasses import replace
from pathlib import Path

from handlers.settings import OfficePhone, Settings
from storage.messages import Act, Address, Made
from tests.bot.papers.opened import lines
from tests.people import Person
from tests.world import COMMUNITY, Manner, World

SITE = "https://yishi.example.org"
SETTINGS = Settings(
    community=COMMUNITY,
    operators=frozenset({"console:operator"}),
    public_url=SITE,
    phones=(OfficePhone(COMMUNITY, "0571-63320001", "工作日8:30-17:00"),),
    oversight=(OfficePhone(COMMUNITY, "0571-63320002", "居务监督委员会"),),
)


def house(folder: Path, manner: Manner = Manner.CALM, **settings: object) -> World:
    """A world of which papers can be made."""
    return World(folder, manner, replace(SETTINGS, **settings))  # type: ignore[arg-type]


def made(world: World, where: str | Address | Person) -> list[Made]:
    """Every file the house has made and sent there, in order."""
    return [file for one in world.shown(where) if one.act is Act.SAY for file in one.made]


def printed(world: World, where: str | Address | Person) -> str:
    """Every line of the newest .docx sent there."""
    files = [one for one in made(world, where) if one.name.endswith(".docx")]
    return "\n".join(lines(files[-1].content))
