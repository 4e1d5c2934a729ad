"""What a survey is about: an issue, or a topic and the stage that asks."""

from dataclasses import dataclass

from handlers.audience import address_for, origin_groups, people_behind, topic_origins
from handlers.privacy import issue_kept_private, kept_private
from handlers.procedures.loader import parse
from handlers.procedures.model import Stage
from handlers.work import Work
from storage import cases, issues, topics, units
from storage.messages import Address
from storage.records import Issue, Member, Survey, Topic


@dataclass(frozen=True, slots=True)
class Matter:
    """One of `issue`, `topic` is set; `stage` when a procedure asks. Nothing of a `private` one is told in groups."""

    community_id: int
    issue: Issue | None
    topic: Topic | None
    stage: Stage | None
    private: bool


async def matter_of(work: Work, survey: Survey) -> Matter:
    """What a survey is about."""
    if survey.issue_id is not None:
        issue = await issues.get(work.tx, survey.issue_id)
        return Matter(issue.community_id, issue, None, None, await issue_kept_private(work, issue))
    assert survey.topic_id is not None
    topic = await topics.get(work.tx, survey.topic_id)
    stage = await stage_of(work, survey.step_id) if survey.step_id is not None else None
    return Matter(topic.community_id, None, topic, stage, await kept_private(work, topic.id))


async def stage_of(work: Work, step_id: int) -> Stage:
    """The stage of a procedure that a step is."""
    step = await cases.step_of(work.tx, step_id)
    case = await cases.get(work.tx, step.case_id)
    return parse(await cases.procedure_source(work.tx, case.digest)).stage(step.stage)


async def behind(work: Work, matter: Matter) -> list[Member]:
    """Everyone who raised or supported the matter, each once."""
    found: dict[int, Member] = {}
    for issue in await issues_in(work, matter):
        found.update({member.id: member for member in await people_behind(work, issue)})
    return list(found.values())


async def issues_in(work: Work, matter: Matter) -> list[Issue]:
    """The issue, or those of the topic."""
    if matter.issue:
        return [matter.issue]
    return await topics.issues_of(work.tx, matter.topic.id) if matter.topic else []


async def groups_of(work: Work, matter: Matter) -> list[Address]:
    """Where those who cannot be asked alone are asked: the group of the stage's body, else where it was raised."""
    if matter.private:
        return []
    community = await units.get(work.tx, matter.community_id)
    if matter.stage and matter.stage.group:
        place = await address_for(work, community, matter.stage.group)
        return [place] if place else []
    if matter.issue:
        return await origin_groups(work, matter.issue)
    return await topic_origins(work, matter.topic.id) if matter.topic else []
