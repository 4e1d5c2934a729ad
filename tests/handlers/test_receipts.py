import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.codes import ALPHABET, normal
from handlers.receipts import KEY_BYTES, receipt_of, written

KEY = bytes(range(KEY_BYTES))
keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
members = st.integers(0, len(ALPHABET) ** 6 - 1)


def test_ten_thousand_voters_have_ten_thousand_receipts() -> None:
    assert len({receipt_of(KEY, member) for member in range(1, 10_001)}) == 10_000


@given(keys, st.sets(members, min_size=2, max_size=40))
def test_no_two_members_share_a_receipt_whoever_they_are(key: bytes, some: set[int]) -> None:
    assert len({receipt_of(key, member) for member in some}) == len(some)


@given(keys, members)
def test_a_receipt_is_short_and_read_back_as_it_was_written(key: bytes, member: int) -> None:
    receipt = receipt_of(key, member)
    assert len(receipt) == 6
    assert set(receipt) <= set(ALPHABET)
    assert written(receipt) == f"{receipt[:3]}-{receipt[3:]}"
    assert normal(written(receipt).lower()) == receipt


def test_a_secret_receipt_is_written_in_halves_too() -> None:
    assert written("ABCD2345") == "ABCD-2345"


def test_neighbours_on_the_roll_have_receipts_that_do_not_resemble_each_other() -> None:
    """Of 2,000 neighbours about one in 29 share a letter in a place, as chance has it."""
    pairs = [(receipt_of(KEY, member), receipt_of(KEY, member + 1)) for member in range(2_000)]
    for place in range(6):
        alike = sum(one[place] == other[place] for one, other in pairs)
        assert 30 < alike < 115, place


def test_another_poll_gives_other_receipts() -> None:
    other = bytes(KEY_BYTES)
    alike = sum(receipt_of(KEY, member) == receipt_of(other, member) for member in range(2_000))
    assert alike == 0


@pytest.mark.parametrize("key", [b"", bytes(KEY_BYTES - 1)])
def test_a_key_that_could_be_guessed_is_a_fault_of_ours(key: bytes) -> None:
    with pytest.raises(ValueError, match="key"):
        receipt_of(key, 1)


@pytest.mark.parametrize("member", [-1, len(ALPHABET) ** 6])
def test_an_id_beyond_all_receipts_is_a_fault_of_ours(member: int) -> None:
    with pytest.raises(ValueError, match="id"):
        receipt_of(KEY, member)
