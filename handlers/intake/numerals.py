"""Chinese numerals as people write house numbers: 三, 十二, 二十一, １２, 两."""

_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_STEMS = {mark: str(value) for value, mark in enumerate("甲乙丙丁戊己庚", start=1)}


def arabic(numeral: str) -> str:
    """The numeral in ASCII digits without leading zeros; letters come back in capitals, 甲乙丙 stay as they are."""
    if numeral.isascii():
        return numeral.lstrip("0").upper() or "0"
    if numeral in _STEMS:
        return numeral
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return "".join(str(_DIGITS.get(mark, mark)) for mark in numeral).lstrip("0") or "0"
    return str((_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0))
