"""Everything this slice hears."""

from handlers.polls import casting, closing, desk, opening, reminding
from handlers.routes import Routes

routes = Routes()
for part in (opening, casting, reminding, closing, desk):
    routes.include(part.routes)
