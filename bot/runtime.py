"""The assistant in one process: Rasa's agent, the actions beside it, and the tracker store."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.stages import DECIDE, stage


def load_agent(model: Path, settings: Settings, stores: tuple[Any, Any] | None = None) -> Any:
    """Return the Rasa agent for a trained model, its actions running in this process.

    Args:
        model: the trained model.
        settings: where conversations are kept.
        stores: those of `agent_stores`, where they are open already.
    """
    # skops walks every loaded module when imported: importing it first spares seconds.
    import skops.io  # noqa: F401
    from rasa.core.agent import Agent
    from rasa.utils.endpoints import EndpointConfig
    from rasa_sdk.executor import ActionExecutor

    class InProcessActions(EndpointConfig):
        """Runs custom actions here instead of over HTTP; same request, same reply."""

        def __init__(self) -> None:
            super().__init__(url="http://in-process.invalid")
            self._executor = ActionExecutor()
            self._executor.register_package("actions")

        async def request(self, *args: Any, json: dict[str, Any] | None = None, **kwargs: Any) -> Any:
            with stage(DECIDE, understood=True):
                return await self._executor.run(json or {})

    tracker_store, lock_store = stores or agent_stores(settings)
    agent = Agent.load(
        model_path=str(model), tracker_store=tracker_store, lock_store=lock_store, action_endpoint=InProcessActions()
    )
    # Rasa puts a store in memory behind ours: what is told while the database is away would seem kept, and be lost.
    agent.tracker_store = agent.processor.tracker_store = tracker_store
    if not agent.is_ready():
        raise RuntimeError(f"the model {model.name} could not be loaded: remove it and train again")
    return agent


def agent_stores(settings: Settings) -> tuple[Any, Any]:
    """Return where conversations are kept, and what gives them one turn at a time: open without any model."""
    from rasa.core.tracker_store import AwaitableTrackerStore
    from rasa.shared.core.domain import Domain

    from bot.serving.locks import locks_of
    from bot.serving.trackers import trackers_of

    settings.data.mkdir(parents=True, exist_ok=True)
    domain = Domain.load(str(Path(__file__).resolve().parent.parent / "domain.yml"))
    return AwaitableTrackerStore(trackers_of(settings, domain)), locks_of(settings.redis_url)


def live_agent(model: Path, settings: Settings) -> Any:
    """Return an agent that serves with whatever good model stands at a path, now or later."""
    from bot.serving.live import REHEARSED, LiveAgent

    stores = agent_stores(settings)

    def load(path: Path) -> Any:
        from rasa.core.channels.channel import UserMessage

        agent = load_agent(path, settings, stores)
        # A model that loads and cannot read one word must not take the place of one that can.
        with ThreadPoolExecutor(max_workers=1) as apart:
            apart.submit(asyncio.run, agent.processor.parse_message(UserMessage(REHEARSED))).result()
        return agent

    return LiveAgent(model, load, *stores)
