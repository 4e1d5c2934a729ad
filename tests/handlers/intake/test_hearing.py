"""How communities are heard: each with its own names, all with the weights of the house."""

from handlers.intake.aliases import NONE, Aliases
from handlers.intake.hearing import HearingBook, shipped_hearing
from handlers.intake.reading import understand

COAL = {"老煤场": "3号楼"}
WORDS = "老煤场停水了，没人管"


def test_a_house_that_knows_nothing_of_its_own_hears_as_it_was_shipped() -> None:
    book = HearingBook()
    assert book.of(7) is book.usual is shipped_hearing()
    assert book.is_one
    assert book.of(7).understood(WORDS) == understand(WORDS)


def test_each_community_has_its_own_names() -> None:
    book = HearingBook()
    book.learn(NONE, {1: COAL, 2: {"老煤场": "东门"}, 3: {}})
    assert [book.of(one).understood(WORDS).place.name for one in (1, 2)] == ["3号楼", "东门"]
    assert book.of(3) is book.usual
    assert not book.is_one
    assert book.everywhere.places.keys() == COAL.keys()


def test_the_longer_of_two_names_comes_first() -> None:
    book = HearingBook()
    book.learn(NONE, {1: {"老场": "3号楼", "老场东头": "5号楼"}})
    assert book.of(1).understood("老场东头停水了").place.name == "5号楼"


def test_what_has_not_changed_keeps_what_it_remembers() -> None:
    book = HearingBook()
    book.learn(NONE, {1: COAL})
    first = book.of(1)
    book.learn(NONE, {1: dict(COAL), 2: {"南院": "东门"}})
    assert book.of(1) is first
    book.learn(NONE, {1: {"老煤场": "东门"}})
    assert book.of(1) is not first


def test_names_of_the_configuration_hold_in_every_community_until_one_says_otherwise() -> None:
    book = HearingBook()
    book.learn(Aliases({"北头": "5号楼", "老煤场": "东门"}), {1: COAL})
    assert book.of(1).understood("北头停水了").place.name == "5号楼"
    assert book.of(1).understood(WORDS).place.name == "3号楼"
    assert book.of(2).understood(WORDS).place.name == "东门"


def test_the_door_lets_in_what_is_a_matter_only_by_its_name() -> None:
    book = HearingBook()
    assert book.suspects(WORDS)
    assert not book.suspects("早上好")
    book.learn(NONE, {1: COAL})
    assert book.suspects(WORDS)
    assert not book.suspects("早上好")


def test_words_that_go_on_are_heard_with_the_same_names() -> None:
    book = HearingBook()
    book.learn(NONE, {1: COAL})
    assert book.of(1).continues("老煤场电梯坏了", "电梯里还有怪味")
    assert not book.of(1).continues("老煤场电梯坏了", "5号楼水管爆了")
