"""好了, 还没好, 好了一部分: by button, by number, or in words."""

from handlers.keys import first_key
from handlers.moments import day
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.surveys.asking import close
from handlers.surveys.matter import matter_of
from handlers.surveys.rules import decided_early, read_answer, tally
from handlers.texts import term, text
from handlers.work import Work
from storage import cards, surveys
from storage.messages import Inbound, Said
from storage.records import Answer, FollowUp, Survey, SurveyState

routes = Routes()
_WORDS = (Answer.YES, Answer.NO, Answer.PARTLY)


@routes.press("survey.answer")
async def press_answer(work: Work, arguments: tuple[str, ...]) -> None:
    """A button under the question."""
    key = first_key(arguments)
    survey = await surveys.find(work.tx, key) if key else None
    word = arguments[1] if len(arguments) > 1 else ""
    if survey is None or word not in _WORDS:
        raise Refusal("dispatch.stale_button")
    await take(work, survey, Answer(word))


@routes.hears(Said)
async def in_words(work: Work, event: Inbound) -> bool:
    """The same in words: to us alone, or in reply to the question. What nobody asked is not for us to hear."""
    content = event.content
    assert isinstance(content, Said)
    answer = read_answer(content.text)
    if answer is None or work.member is None:
        return False
    replied = await _replied_to(work, content)
    if not event.private and replied is None:
        return False
    asking = await surveys.asking_member(work.tx, work.member.id)
    meant = [survey for survey in asking if replied in (None, survey.id)]
    if not meant:
        return False
    if len(meant) > 1:
        raise Refusal("surveys.which")
    await take(work, meant[0], answer)
    return True


async def take(work: Work, survey: Survey, answer: Answer) -> None:
    """Take somebody's answer in place of the one before; enough "no" ends the asking at once."""
    member = work.member
    matter = await matter_of(work, survey)
    invited = await surveys.answer_of(work.tx, survey.id, member.id) if member else None
    if member is None or invited is None or member.community_id != matter.community_id:
        raise Refusal("surveys.not_asked")
    if survey.state is not SurveyState.ASKING or survey.ends_at <= work.now:
        raise Refusal("surveys.over")
    await surveys.answer(work.tx, FollowUp(survey.id, member.id, answer))
    ends = day(survey.ends_at, work.settings.zone)
    work.answer(text("surveys.noted", answer=term("answer", answer), day=ends))
    if decided_early(tally(await surveys.tally(work.tx, survey.id))):
        await close(work, survey)


async def _replied_to(work: Work, said: Said) -> int | None:
    if not said.reply_to:
        return None
    card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
    noun, _, key = card.subject.partition(":") if card else ("", "", "")
    return int(key) if noun in ("asked", "survey") else None
