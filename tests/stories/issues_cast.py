"""The people and chats of the stories about issues."""

from storage.messages import Sender
from tests.people import Person
from tests.world import World

LIFT = "3号楼2单元电梯停在8楼不动"
FIRST_WORDS = "有人受伤或被困，请先拨 110 / 119 / 120。"


class Cast:
    """桂花里社区: a residents' group, a grid group, and people in each."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.group("居民群")
        world.group("网格员群")
        self.zhang = world.member("张三", "居民")
        self.li = world.member("李四", "居民")
        self.grid = world.member("王格", "网格员")
        self.second = world.member("孙格", "网格员")
        self.lead = world.member("赵长", "网格长")

    def reported(self, words: str = LIFT, by: Person | None = None) -> str:
        """A report in the residents' group; the id of its message."""
        return (by or self.zhang).says(f"#报事 {words}", "居民群")

    def accepted(self, words: str = LIFT) -> str:
        """The same, already taken on by the first grid worker."""
        message = self.reported(words)
        self.grid.presses("受理", "网格员群")
        return message

    def state(self, number: int = 1) -> object:
        """The state of an issue as it is on disk."""
        return self.column("state", number)

    def column(self, name: str, number: int = 1) -> object:
        """A column of an issue as it is on disk."""
        (row,) = self.world.rows(f"SELECT {name} FROM issues WHERE number = ?", number)
        return row[0]

    def residents(self) -> str:
        """Everything the residents' group shows now."""
        return "\n".join(card.text for card in self.world.cards("居民群"))

    def grids(self) -> str:
        """Everything the grid's group shows now."""
        return "\n".join(card.text for card in self.world.cards("网格员群"))

    def card_of(self, where: str, begins: str) -> str:
        """What the newest card there that contains these words shows now."""
        return [card.text for card in self.world.cards(where) if begins in card.text][-1]


def nobody() -> Sender:
    return Sender("n1", "路人")
