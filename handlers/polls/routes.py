"""Everything this slice hears."""

from handlers.polls import (
    announcing,
    casting,
    challenging,
    closing,
    deeming,
    desk,
    mine,
    opening,
    paper,
    proxies,
    proxy_casting,
    putting,
    recusing,
    reminding,
    rerunning,
    room,
    sales,
    serving,
    settling,
    ties,
    watching,
)
from handlers.routes import Routes

routes = Routes()
for part in (
    opening,
    casting,
    paper,
    reminding,
    closing,
    desk,
    watching,
    proxies,
    proxy_casting,
    recusing,
    serving,
    deeming,
    ties,
    mine,
    announcing,
    putting,
    challenging,
    settling,
    rerunning,
    sales,
    room,
):
    routes.include(part.routes)
