"""What a single cell says. A cell that cannot be read raises Unreadable, which leaves its row out."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache

from bot.account import Account
from bot.rollfile.columns import words
from handlers.texts import terms
from storage.records import Role, UnitUse

LONGEST_NAME = 40
LONGEST_PLACE = 100
OLDEST = 130
MOST_UNITS = 100_000
LARGEST_AREA = Decimal(100_000)
FINEST_AREA = -4
TURNED_DATE = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2}")
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)


class Unreadable(Exception):
    """`key` names the sentence in [roll] that says what is wrong, `values` fill it."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def narrow(cell: str) -> str:
    """The cell with half-width digits, letters and punctuation, and without spaces around it."""
    return unicodedata.normalize("NFKC", cell).replace("\u200b", "").replace("\ufeff", "").strip()


def read_name(cell: str) -> str:
    """A name; the spaces that align two-character names are dropped, those between Latin words are kept."""
    name = re.sub(r"\s+", " ", narrow(cell))
    name = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", name)
    name = re.sub("[•・‧∙●]", "·", name)
    if not any(letter.isalpha() for letter in name):
        raise Unreadable("no_name")
    if len(name) > LONGEST_NAME:
        raise Unreadable("too_long", limit=str(LONGEST_NAME))
    return name


@cache
def _role_words() -> dict[str, Role]:
    usual = {narrow(word): Role(role) for role, word in terms("role").items()}
    return {word: Role(role) for role, others in words()["roles"].items() for word in others} | usual


def read_roles(cell: str) -> tuple[tuple[Role, ...], tuple[str, ...]]:
    """The roles of a cell (居民 where it is empty) and those of its words that were understood as another word."""
    said = [word for word in re.split(r"[、,/;|+\\\s]+", narrow(cell)) if word]
    roles = tuple(dict.fromkeys(_role(word) for word in said)) or (Role.RESIDENT,)
    usual = {narrow(word) for word in terms("role").values()}
    return roles, tuple(word for word in said if word not in usual)


def _role(word: str) -> Role:
    known = _role_words()
    if word in known:
        return known[word]
    unclear = words()["unclear"].get(word)
    if unclear:
        raise Unreadable("unclear_role", written=word, options="、".join(unclear))
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        raise Unreadable("unknown_role_guess", written=word, guess=terms("role")[known[near[0]]])
    raise Unreadable("unknown_role", written=word, options="、".join(terms("role").values()))


def read_unit(cell: str) -> str:
    """A path of names, the outermost first, divided by single slashes; "" for an empty cell."""
    names = [re.sub(r"\s+", "", name) for name in re.split(r"[/\\>→]+", narrow(cell))]
    return _of_length("/".join(name for name in names if name))


def read_door(cell: str) -> str:
    """A door as written, dashes and spaces made even: "3-2-1502"."""
    written = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", narrow(cell))
    if TURNED_DATE.fullmatch(written):
        raise Unreadable("date_door")
    return _of_length(re.sub(r"\s*[-–—−_]\s*|\s+", "-", written))


def _of_length(place: str) -> str:
    if len(place) > LONGEST_PLACE:
        raise Unreadable("too_long", limit=str(LONGEST_PLACE))
    return place


def read_area(cell: str) -> Decimal | None:
    """An area in m², above 0, to 0.0001 at the finest; None for an empty cell."""
    written = re.sub(r"(m2|平方米|平米|平)$", "", narrow(cell).lower()).strip()
    if not written:
        return None
    if not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,9}(\.\d+)?", written):
        raise Unreadable("area", written=narrow(cell)[:20])
    try:
        area = Decimal(written.replace(",", ""))
    except InvalidOperation as problem:
        raise Unreadable("area", written=narrow(cell)[:20]) from problem
    exponent = area.normalize().as_tuple().exponent
    if not 0 < area <= LARGEST_AREA or (isinstance(exponent, int) and exponent < FINEST_AREA):
        raise Unreadable("area", written=narrow(cell)[:20])
    return area


def read_phone(cell: str) -> str:
    """A mobile number, or a fixed line with its area code, as digits; "" for an empty cell."""
    written = narrow(cell)
    if SCIENTIFIC.fullmatch(written):
        raise Unreadable("scientific")
    digits = re.sub(r"[\s\-–—()·.]", "", written)
    digits = re.sub(r"^(\+?86|0086)(?=1\d{10}$)", "", digits)
    if digits and not re.fullmatch(r"1[3-9][0-9]{9}|0[1-9][0-9]{8,10}", digits):
        raise Unreadable("phone")
    return digits


def read_telegram(cell: str) -> Account | None:
    """A person's number on Telegram. Unreadable("telegram_name") for a @name, which may change hands."""
    written = narrow(cell).removeprefix("telegram:").strip()
    if not written:
        return None
    if SCIENTIFIC.fullmatch(written):
        raise Unreadable("scientific")
    if re.fullmatch(r"(@|(https?://)?t\.me/)\w+|[A-Za-z]\w{3,}", written):
        raise Unreadable("telegram_name")
    if not re.fullmatch(r"[1-9][0-9]{3,15}", written):
        raise Unreadable("telegram")
    return Account("telegram", written)


def read_wecom(cell: str) -> Account | None:
    """A userid of the organisation's WeCom."""
    written = narrow(cell)
    if written and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}", written):
        raise Unreadable("wecom")
    return Account("wecom", written) if written else None


def read_openid(cell: str) -> Account | None:
    """The id of a follower of the official account."""
    written = narrow(cell)
    if written and not re.fullmatch(r"[A-Za-z0-9_-]{20,64}", written):
        raise Unreadable("openid")
    return Account("wechat_oa", written) if written else None


@cache
def _use_words() -> dict[str, UnitUse]:
    usual = {word: UnitUse(use) for use, word in terms("unit_use").items()}
    return {word: UnitUse(use) for use, others in words()["uses"].items() for word in others} | usual


def read_use(cell: str) -> UnitUse | None:
    """What a unit is to the owners' roll; None for an empty cell."""
    written = re.sub(r"\s+", "", narrow(cell))
    if written and written not in _use_words():
        raise Unreadable("use", written=written[:20], options="、".join(terms("unit_use").values()))
    return _use_words().get(written)


def read_count(cell: str) -> int | None:
    """How many like units a line stands for; None for an empty cell."""
    written = re.sub(r"[套间个户]$", "", narrow(cell)).strip()
    if not written:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", written) or not 0 < int(written) <= MOST_UNITS:
        raise Unreadable("count", written=narrow(cell)[:20])
    return int(written)


def read_born(cell: str) -> date | None:
    """A date of birth, as 2009-03-05, 2009年3月5日 or 20090305; None for an empty cell."""
    written = narrow(cell)
    if not written:
        return None
    match = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", written)
    try:
        if match:
            return date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
    except ValueError:
        pass
    raise Unreadable("born")


def read_age(cell: str) -> int | None:
    """An age in whole years; None for an empty cell."""
    written = re.sub(r"(周岁|岁)$", "", narrow(cell)).strip()
    if not written:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", written) or int(written) > OLDEST:
        raise Unreadable("age", written=narrow(cell)[:20])
    return int(written)
