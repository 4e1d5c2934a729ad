"""Everything this slice hears."""

from handlers.routes import Routes
from handlers.topics import collecting, lists, raising, screening

routes = Routes()
for part in (raising, screening, collecting, lists):
    routes.include(part.routes)
