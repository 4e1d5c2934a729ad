import pytest

from handlers.intake.aliases import Aliases
from handlers.intake.reading import ACTIONABLE, understand
from handlers.intake.training import Example, examples, fit, read_examples
from handlers.intake.weights import learned, read_weights
from storage.records import Category, Kind

STRANGE = "楼下的哐叽又哐叽了"


def test_weights_come_back_from_text_as_they_were() -> None:
    assert read_weights(learned().written()) == learned()


def test_wrong_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        read_weights("电梯\t1\n")


def test_wrong_examples_are_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        read_examples('{"text": "电梯坏了", "kind": "nonsense", "category": "building"}')


def test_the_shipped_examples_are_readable_and_plenty() -> None:
    read = examples()
    assert len(read) > 1500
    assert {one.kind for one in read} == set(Kind)


def test_what_a_community_teaches_is_learned_and_learned_alike() -> None:
    taught = [
        Example(f"{place}{STRANGE}", Kind.ISSUE, Category.NOISE)
        for place in ("3号楼", "4号楼", "5号楼", "7号楼")
    ] * 3
    ordinary = [one for one in examples() if one.kind is Kind.CHATTER][:60]
    weights = fit([*taught, *ordinary])
    said = understand(f"9号楼{STRANGE}", aliases=Aliases(weights=weights))
    assert said.kind in ACTIONABLE
    assert said.category is Category.NOISE
    assert fit([*taught, *ordinary]) == weights
