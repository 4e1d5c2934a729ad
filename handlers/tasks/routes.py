"""The routes of tasks."""

from handlers.routes import Routes
from handlers.tasks import assigning, finishing, jobs, lists, opening, reporting, views

routes = Routes()
for part in (assigning, finishing, jobs, lists, opening, reporting, views):
    routes.include(part.routes)
