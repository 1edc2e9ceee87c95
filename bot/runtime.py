"""The assistant in one process: Rasa's agent, the actions beside it, and the tracker store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.settings import Settings


def load_agent(model: Path, settings: Settings) -> Any:
    """Return the Rasa agent for a trained model, its actions running in this process."""
    # skops walks every loaded module when imported: importing it first spares seconds.
    import skops.io  # noqa: F401
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import AwaitableTrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.utils.endpoints import EndpointConfig
    from rasa_sdk.executor import ActionExecutor

    from bot.serving.locks import locks_of
    from bot.serving.trackers import trackers_of

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
    agent = Agent.load(
        model_path=str(model),
        tracker_store=AwaitableTrackerStore(trackers_of(settings, domain)),
        lock_store=locks_of(settings.redis_url),
        action_endpoint=InProcessActions(),
    )
    if not agent.is_ready():
        raise RuntimeError(f"the model {model.name} could not be loaded: remove it and train again")
    return agent
