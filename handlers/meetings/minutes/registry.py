"""People as the minutes name them, and those whom words name without knowing it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.papers.facts import Person, Standing
from handlers.shelf import Roll, roll_of
from handlers.texts import terms
from handlers.work import Work
from storage import issues, members, topics, units

_GAPS = re.compile(r"[\s\u200b-\u200f\u2060·]")
_SHORTEST = 2
_EVERYBODY = frozenset({"群众", "大家", "众人", "居民们", "与会人员", "主持人", "记录人"})
"""Words for a speaker that are nobody's name: to mask them would spoil words that everybody uses."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The people of one community."""

    work: Work
    roll: Roll

    async def person(self, member_id: int) -> Person:
        """Somebody on the roll; one of another community by the bare name."""
        if found := self.roll.people.get(member_id):
            return found
        return Person((await members.get(self.work.tx, member_id)).name)

    async def called(self, name: str, member_id: int | None) -> Person:
        """Somebody noted by name, who may be on no roll."""
        if member_id:
            return await self.person(member_id)
        everybody = name in _EVERYBODY or name in terms("role").values()
        return Person(name, Standing.OFFICIAL if everybody else Standing.RESIDENT)

    def mentioned(self, written: Iterable[str]) -> tuple[Person, ...]:
        """Everybody of the community whose name or door is in these words, with or without blanks between the characters.

        Only these are to be masked: to look for a whole roll in every line takes longer than to write the paper.
        """
        words = _GAPS.sub("", "\n".join(written))
        return tuple(person for person in self.roll.everybody if _is_named(person, words))

    async def raised(self, topic_ids: Iterable[int]) -> dict[int, str]:
        """Who raised the matters of these topics, and those that were merged into them: names by id."""
        whole = [one for topic_id in topic_ids for one in await topics.issues_of(self.work.tx, topic_id)]
        for issue in tuple(whole):
            whole += await issues.merged_into(self.work.tx, issue.id)
        ids = dict.fromkeys(issue.reporter_id for issue in whole if issue.reporter_id)
        return {one: (await self.person(one)).name for one in ids}


async def registry_of(work: Work, community_id: int) -> Registry:
    """Read the roll."""
    return Registry(work, await roll_of(work.tx, await units.get(work.tx, community_id)))


def _is_named(person: Person, words: str) -> bool:
    parts = {_GAPS.sub("", person.name), *person.name.split("·"), _GAPS.sub("", person.door)}
    return any(len(part) >= _SHORTEST and part in words for part in parts)
