"""The application: routes, the pool of query processes that they ask, and the headers of every response.

Whatever answers requests gets at the pool by ``request.app.state.pool`` and at the limits by
``request.app.state.settings``; a Refused that is raised becomes its response.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute

from viz.explorer import routes as explorer
from viz.explorer.keeper import Keeper
from viz.server import endpoint, resources, status, vocabulary
from viz.server.headers import SecurityHeaders
from viz.server.pool import QueryPool
from viz.server.refusals import Refused
from viz.server.responses import CUT, refused, without_route
from viz.server.settings import Settings
from viz.server.void import CensusTaker

ROUTES: Sequence[BaseRoute] = (
    *explorer.ROUTES,
    *endpoint.ROUTES,
    *resources.ROUTES,
    *vocabulary.ROUTES,
    *status.ROUTES,
)
"""What the service answers; the first route that fits a path answers it."""


def create_app(settings: Settings) -> Starlette:
    """Return the application; the processes start and end with it."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool = QueryPool(settings)
        app.state.pool = pool
        app.state.census = CensusTaker()
        app.state.keeper = keeper = Keeper(pool, settings.store)
        try:
            await pool.start()
            yield
        finally:
            await keeper.stop()
            await pool.stop()

    app = Starlette(
        routes=[*ROUTES],
        middleware=_middleware(settings),
        exception_handlers={Refused: refused, HTTPException: without_route},
        lifespan=lifespan,
    )
    app.state.settings = settings
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    layers = [Middleware(SecurityHeaders)]
    if settings.cors:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors,
                allow_methods=["GET", "POST", "HEAD", "OPTIONS"],
                allow_headers=["Accept", "Content-Type"],
                expose_headers=[CUT, "Last-Modified", "Retry-After"],
            )
        )
    return layers
