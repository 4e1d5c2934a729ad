"""survey.ask and survey.end: the question goes out, the answers come to something."""

from handlers.audience import address_for, private_address
from handlers.events import IssueMoved, StageDecided, SurveyAsked, SurveyClosed
from handlers.labels import issue_label
from handlers.routes import Routes
from handlers.surveys.matter import Matter, behind, groups_of, issues_in, matter_of
from handlers.surveys.rules import Tally, outcome, tally
from handlers.surveys.views import group_card, label_of, note, private_card
from handlers.texts import text
from handlers.work import Work
from storage import cases, issues, members, surveys, units
from storage.messages import Due
from storage.records import GroupRole, Issue, IssueState, Member, Survey, SurveyState

routes = Routes()


@routes.due("survey.ask")
async def ask(work: Work, due: Due) -> None:
    """Ask everyone concerned. An issue that is under way again needs no asking."""
    survey = await surveys.get(work.tx, due.subject)
    if survey.state is not SurveyState.PLANNED:
        return
    matter = await matter_of(work, survey)
    if matter.issue and matter.issue.state is not IssueState.CLOSED:
        await surveys.change(work.tx, survey.id, state=SurveyState.DONE)
        return
    asked = await _invite(work, survey, matter)
    # However late this is, there is as much time to answer as was meant.
    ends_at = work.now + (survey.ends_at - survey.ask_at)
    await surveys.change(work.tx, survey.id, state=SurveyState.ASKING, ends_at=ends_at)
    await work.record(SurveyAsked(survey.id))
    asking = await surveys.get(work.tx, survey.id)
    if not asked:
        await close(work, asking)
        return
    if not all([await _ask_alone(work, asking, matter, member) for member in asked]):
        await _ask_in_groups(work, asking, matter)


@routes.due("survey.end")
async def end(work: Work, due: Due) -> None:
    """Nobody answers any more."""
    survey = await surveys.get(work.tx, due.subject)
    if survey.state is SurveyState.ASKING and survey.ends_at <= work.now:
        await close(work, survey)


async def close(work: Work, survey: Survey) -> None:
    """Count the answers; enough "no" reopens the matter."""
    matter = await matter_of(work, survey)
    found = tally(await surveys.tally(work.tx, survey.id))
    rule = matter.stage.rule if matter.stage else None
    came = outcome(found, work.settings.reopen, rule.passing if rule else None)
    await surveys.change(work.tx, survey.id, state=SurveyState.DONE)
    work.refresh(f"survey:{survey.id}")
    await work.record(SurveyClosed(survey.id, came))
    if survey.step_id is not None:
        if (await cases.step_of(work.tx, survey.step_id)).left_at is None:
            await work.record(StageDecided(survey.step_id, came, note(found) if found.asked else ""))
    elif came == "reopen":
        for issue in await issues_in(work, matter):
            await _reopen(work, survey, issue, found)
    elif found.asked:
        await _tell_grid(
            work, survey, matter, text("surveys.closed_grid", label=label_of(matter), note=note(found))
        )


async def _invite(work: Work, survey: Survey, matter: Matter) -> list[Member]:
    """Those a stage settled on; without a stage, everyone behind the matter as it is now."""
    if survey.step_id is None:
        for member in await behind(work, matter):
            await surveys.invite(work.tx, survey.id, member.id)
    invited = await surveys.invited(work.tx, survey.id)
    return [await members.get(work.tx, one.member_id) for one in invited]


async def _ask_alone(work: Work, survey: Survey, matter: Matter, member: Member) -> bool:
    address = await private_address(work, member.id)
    if address is None:
        return False
    card = private_card(work, survey, matter, member)
    # A subject of its own: each person is asked in words of their own, which do not change.
    once = f"survey:{survey.id}:ask:{member.id}"
    work.say(address, card, subject=f"asked:{survey.id}", once=once, not_after=survey.ends_at)
    return True


async def _ask_in_groups(work: Work, survey: Survey, matter: Matter) -> None:
    card = await group_card(work, survey, matter)
    for place in await groups_of(work, matter):
        once = f"survey:{survey.id}:ask:{place}"
        work.say(place, card, subject=f"survey:{survey.id}", once=once, not_after=survey.ends_at)


async def _reopen(work: Work, survey: Survey, issue: Issue, found: Tally) -> None:
    """A closed issue is open again, with its history; those who raised it hear so where they raised it."""
    if issue.state is not IssueState.CLOSED:
        return
    await issues.change(work.tx, issue.id, state=IssueState.REPORTED)
    await work.record(IssueMoved(issue.id, IssueState.REPORTED, note(found)))
    matter = Matter(issue.community_id, issue, None, None, (await matter_of(work, survey)).private)
    said = text("surveys.reopened", label=issue_label(issue), note=note(found))
    once = f"survey:{survey.id}:reopened:{issue.id}"
    for place in await groups_of(work, matter):
        work.say(place, said, once=f"{once}:{place}")
    if matter.private:
        await _tell_people(work, survey, text("surveys.reopened_person", label=issue_label(issue)), once)
    await _tell_grid(work, survey, matter, said)


async def _tell_people(work: Work, survey: Survey, said: str, once: str) -> None:
    for one in await surveys.invited(work.tx, survey.id):
        if address := await private_address(work, one.member_id):
            work.say(address, said, once=f"{once}:{address}")


async def _tell_grid(work: Work, survey: Survey, matter: Matter, said: str) -> None:
    """The grid workers hear what came of it, unless the matter is the mediators' alone."""
    community = await units.get(work.tx, matter.community_id)
    place = await address_for(work, community, GroupRole.GRID)
    if place and not matter.private:
        work.say(place, said, once=f"survey:{survey.id}:told:{label_of(matter)}:{place}")
