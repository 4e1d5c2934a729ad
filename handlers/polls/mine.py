"""我的票: what somebody's own ballot says, at any time; of a secret one nobody knows but its receipt."""

from handlers.polls.ballot_paper import paper_of
from handlers.polls.casting import receipt_for
from handlers.polls.lookup import of_topic
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import polls
from storage.messages import Said

routes = Routes()


@routes.command("我的票", "myballot", where=Where.PRIVATE)
async def show_mine(work: Work, said: Said, rest: str) -> None:
    """`我的票 议7`, in private: the ballot of the entry one votes for, also where another has handed it in."""
    poll, _ = await of_topic(work, said, rest)
    label = await poll_label(work, poll)
    standing = await polls.standing(work.tx, poll.id, (await work.someone()).id)
    if standing is None or standing.entitled is None:
        raise Refusal("polls.mine_none", poll=label)
    if standing.took_part is not None:
        raise Refusal("polls.mine_secret", poll=label)
    if standing.cast is None:
        raise Refusal("polls.mine_none", poll=label)
    receipt = receipt_for(standing.receipt_key, standing.entitled)
    work.answer(text("polls.mine", poll=label, choice=paper_of(poll).words(standing.cast), receipt=receipt))
