"""提醒我: when somebody wishes to be reminded of the meetings they are called to."""

from handlers.meetings.lengths import read_befores
from handlers.meetings.planning import plan_wish
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import reminders
from storage.records import Member

_NEVER = ("不用", "不用了", "不要", "不需要", "取消", "关闭")
_USUAL = ("照常", "默认", "恢复", "恢复默认")
_A_DAY, _AN_HOUR = 1440, 60


async def tell_wish(work: Work) -> None:
    """Answer how somebody is reminded now, and how to change it."""
    member = _somebody(work)
    wish = await reminders.wish_of(work.tx, member.id)
    work.answer(text("meetings.your_wish", wish=_in_words(wish)) + text("meetings.wish_usage"))


async def take_wish(work: Work, written: str) -> None:
    """Note what somebody wishes; it holds for the meetings they are called to already, too."""
    member = _somebody(work)
    plain = written.strip(" \t\n。.!！")
    wish = () if plain in _NEVER else None if plain in _USUAL else read_befores(written)
    await reminders.wish(work.tx, member.id, wish)
    await plan_wish(work, member.id, wish or ())
    work.answer(text("meetings.wish_noted", wish=_in_words(wish)))


def _somebody(work: Work) -> Member:
    if work.member is None:
        raise Refusal("members.unknown")
    return work.member


def _in_words(wish: tuple[int, ...] | None) -> str:
    if wish is None:
        return text("meetings.wish_usual")
    return (
        text("meetings.wish_before", lengths="、".join(_length(one) for one in wish))
        if wish
        else text("meetings.wish_never")
    )


def _length(minutes: int) -> str:
    for unit, key in ((_A_DAY, "moments.days"), (_AN_HOUR, "moments.hours")):
        if minutes % unit == 0:
            return text(key, count=minutes // unit)
    return text("moments.minutes", count=minutes)
