"""The routes of the slice."""

from handlers.learning import doubting, lessons, naming, review
from handlers.routes import Routes

routes = Routes()
for _part in (lessons, naming, review, doubting):
    routes.include(_part.routes)
