"""The routes of the slice."""

from handlers.issues import (
    alarm,
    batch,
    doing_chat,
    following,
    grid_chat,
    grid_presses,
    grid_views,
    jobs,
    listening,
    neighbour_views,
    resident_chat,
)
from handlers.routes import Routes

routes = Routes()
for _part in (
    resident_chat,
    grid_chat,
    grid_presses,
    batch,
    doing_chat,
    listening,
    alarm,
    jobs,
    following,
    neighbour_views,
    grid_views,
):
    routes.include(_part.routes)
