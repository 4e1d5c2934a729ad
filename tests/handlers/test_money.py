from decimal import Decimal

import pytest

from handlers.money import find_amount, ten_thousands


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        ("186000", "18.6"),
        ("50000.00", "5.0"),
        ("1234.56", "0.123456"),
        ("0", "0.0"),
        ("1000000", "100.0"),
        ("12", "0.0012"),
    ],
)
def test_money_is_told_in_ten_thousands_without_losing_a_digit(yuan: str, shown: str) -> None:
    assert ten_thousands(Decimal(yuan)) == shown


@pytest.mark.parametrize(
    ("written", "yuan", "rest"),
    [
        ("李四 18.6万", "186000.00", "李四"),
        ("１８．６万元 李四", "186000.00", "李四"),
        ("500元押金", "500.00", "押金"),
        ("3号楼 20块", "20.00", "3号楼"),
    ],
)
def test_an_amount_is_found_among_words(written: str, yuan: str, rest: str) -> None:
    assert find_amount(written) == (Decimal(yuan), rest)


@pytest.mark.parametrize("written", ["3号楼2单元", "12月20日", "", "0.001元", "999999999万元"])
def test_what_is_no_amount_is_left_alone(written: str) -> None:
    assert find_amount(written) is None
