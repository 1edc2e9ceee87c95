"""The assistant in one process: Rasa's agent, the actions beside it, and the tracker store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.storage.conversations import FILE


def load_agent(model: Path, settings: Settings) -> Any:
    """Return the Rasa agent for a trained model, its actions running in this process."""
    # skops walks every loaded module when imported: importing it first spares seconds.
    import skops.io  # noqa: F401
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import AwaitableTrackerStore, SQLTrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.utils.endpoints import EndpointConfig
    from rasa_sdk.executor import ActionExecutor

    class InProcessActions(EndpointConfig):
        """Runs custom actions here instead of over HTTP; same request, same reply."""

        def __init__(self) -> None:
            super().__init__(url="http://in-process.invalid")
            self._executor = ActionExecutor()
            self._executor.register_package("actions")

        async def request(self, *args: Any, json: dict[str, Any] | None = None, **kwargs: Any) -> Any:
            return await self._executor.run(json or {})

    settings.data.mkdir(parents=True, exist_ok=True)
    domain = Domain.load(str(Path(__file__).resolve().parent.parent / "domain.yml"))
    store = SQLTrackerStore(domain, **_database(settings))
    agent = Agent.load(
        model_path=str(model), tracker_store=AwaitableTrackerStore(store), action_endpoint=InProcessActions()
    )
    if not agent.is_ready():
        raise RuntimeError(f"the model {model.name} could not be loaded: remove it and train again")
    return agent


def _database(settings: Settings) -> dict[str, Any]:
    """Return the tracker store's arguments: SQLite in the data folder, or the database that the URL names."""
    if not settings.database_url:
        return {"dialect": "sqlite", "db": str(settings.data / FILE)}
    from sqlalchemy.engine import make_url

    url = make_url(settings.database_url)
    return {
        "dialect": url.drivername,
        "host": url.host,
        "port": url.port,
        "db": url.database,
        "username": url.username,
        "password": url.password,
    }
