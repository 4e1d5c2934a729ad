"""Parts of a neighbourhood larger than a building: phases, quarters, courts, rows of houses, ends of a village."""

import re
from dataclasses import dataclass

from handlers.intake.numerals import arabic

_SIDE = "[东西南北]"
_AREA = re.compile(
    r"(?<![第\da-z分首逾本定到近过长])(?:"
    r"(?P<phase>[一二三四五六七\d])期(?![间望待限末刊货款内满徒])"
    rf"|(?P<quarter>{_SIDE}|[甲乙丙丁a-h]|[一二三四五六\d]{{1,2}})区(?![长别块间分域里市县])"
    r"|(?P<house>[一二三四五六七八九十\d]{1,3})号院|(?P<small>[一二三四五六七八九\d])小区"
    rf"|(?P<court>{_SIDE}|[前后])院(?![子士长校落墙])"
    rf"|(?P<row>{_SIDE}|[前后中])(?:边|面)?(?:排(?![水污除放练队列])(?:平房)?|平房)"
    rf"|(?:村子?|屯子?|庄子?)(?P<village>{_SIDE})(?:头|边|面)?|(?P<head>{_SIDE})(?:头|边|面)(?=那?[眼口个条]?[井渠沟塘坑岸坡田地机这那]|[，。、的]|$))"
)
_NEEDS = frozenset("期区院排房村头庄屯边面")


@dataclass(frozen=True, slots=True)
class Area:
    """An area named in a text from `start` to `end`, in one spelling."""

    start: int
    end: int
    name: str


def find_area(text: str) -> Area | None:
    """The first area a plain text names."""
    if _NEEDS.isdisjoint(text):
        return None
    match = _AREA.search(text)
    return Area(match.start(), match.end(), _spelt(match)) if match else None


def _spelt(match: re.Match[str]) -> str:
    """一期 is 1期, a区 is A区, 村西 and 西边 are 西头, 南边平房 is 南排."""
    found = match.groupdict()
    if found["phase"]:
        return f"{arabic(found['phase'])}期"
    if quarter := found["quarter"]:
        return f"{quarter if quarter in '东西南北' else arabic(quarter)}区"
    if number := found["house"] or found["small"]:
        return f"{arabic(number)}{'号院' if found['house'] else '小区'}"
    if found["court"]:
        return f"{found['court']}院"
    if found["row"]:
        return f"{found['row']}排"
    return f"{found['village'] or found['head']}头"
