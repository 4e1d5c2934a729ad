"""Everything this slice hears."""

from handlers.cases import chat, engine
from handlers.routes import Routes

routes = Routes()
for part in (engine, chat):
    routes.include(part.routes)
