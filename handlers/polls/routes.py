"""Everything this slice hears."""

from handlers.polls import casting, closing, desk, opening, paper, reminding, watching
from handlers.routes import Routes

routes = Routes()
for part in (opening, casting, paper, reminding, closing, desk, watching):
    routes.include(part.routes)
