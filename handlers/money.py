"""Money as people write and read it: yuan kept exactly, told in 万元."""

import re
from decimal import Decimal
from typing import Final

from handlers.words import narrow

_TEN_THOUSAND: Final = Decimal(10000)
_AMOUNT: Final = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*(万元?|元|块)")
_MOST: Final = Decimal(10) ** 11


def ten_thousands(yuan: Decimal) -> str:
    """186000 is "18.6", 50000 is "5.0", 1234.56 is "0.123456": at least one decimal place, no digit lost."""
    shown = yuan / _TEN_THOUSAND
    plain = f"{shown.normalize():f}"
    return plain if "." in plain else f"{plain}.0"


def find_amount(written: str) -> tuple[Decimal, str] | None:
    """The first amount in a text (18.6万, 5000元), in yuan, and the text without it; None when there is none.

    Fractions of a fen are not money: they are left in the text.
    """
    for match in _AMOUNT.finditer(narrow(written)):
        yuan = Decimal(match[1]) * (_TEN_THOUSAND if match[2].startswith("万") else 1)
        if yuan < _MOST and yuan == yuan.quantize(Decimal("0.01")):
            rest = (written[: match.start()] + written[match.end() :]).strip()
            return yuan.quantize(Decimal("0.01")), rest
    return None
