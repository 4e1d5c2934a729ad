"""Exact amounts: decimal strings in, fractions inside, the shortest decimal out."""

import re
from fractions import Fraction

_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)
_LONGEST = 60


def exact(written: str) -> Fraction:
    """Read digits, with a point or without. Raises ValueError for anything else: signs, exponents, ratios."""
    if not _AMOUNT.fullmatch(written):
        raise ValueError(written)
    return Fraction(written)


def digits(amount: Fraction) -> str:
    """Write an amount that is not negative without idle zeros. Raises ValueError where no decimal is exact."""
    for places in range(_LONGEST):
        scaled = amount * 10**places
        if scaled.denominator == 1:
            shown = str(scaled.numerator).rjust(places + 1, "0")
            return f"{shown[:-places]}.{shown[-places:]}" if places else shown
    raise ValueError(str(amount))
