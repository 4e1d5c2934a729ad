"""The routes of surveys."""

from handlers.routes import Routes
from handlers.surveys import answering, asking, planning, views

routes = Routes()
for part in (answering, asking, planning, views):
    routes.include(part.routes)
