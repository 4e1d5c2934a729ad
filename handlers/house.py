"""All the slices under one roof."""

from functools import cache

from handlers.cases.routes import routes as cases
from handlers.issues.routes import routes as issues
from handlers.learning.routes import routes as learning
from handlers.meetings.routes import routes as meetings
from handlers.members.routes import routes as members
from handlers.notices.routes import routes as notices
from handlers.office.routes import routes as office
from handlers.polls.routes import routes as polls
from handlers.progress import routes as progress
from handlers.routes import Routes
from handlers.surveys.routes import routes as surveys
from handlers.tasks.routes import routes as tasks
from handlers.topics.routes import routes as topics
from handlers.units.chat import routes as units

_SLICES = (
    cases,
    surveys,  # hears 好了 from those it asks, before anybody takes it for news of another matter
    polls,  # hears 反对 太吵 in reply to its card, before anybody takes it for a report of noise
    issues,
    learning,
    meetings,
    members,
    notices,
    office,
    progress,
    tasks,
    topics,
    units,
)


@cache
def all_routes() -> Routes:
    """The routes of the whole house. ValueError when two slices claim the same word, button or moment."""
    house = Routes()
    for part in _SLICES:
        house.include(part)
    return house
