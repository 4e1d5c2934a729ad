"""Everything this slice hears."""

from handlers.members import chat, helping, releasing, sales, settling_heads
from handlers.routes import Routes

routes = Routes()
for part in (chat, helping, releasing, sales, settling_heads):
    routes.include(part.routes)
