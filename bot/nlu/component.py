"""What our Rasa components share: how Rasa makes them, and how what was trained is kept."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

Stateless = TypeVar("Stateless", bound="StatelessComponent")
Trained = TypeVar("Trained", bound="TrainedComponent")


class StatelessComponent(GraphComponent):
    """A component that learns nothing and needs no settings."""

    @classmethod
    def create(
        cls: type[Stateless],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Stateless:
        return cls()


class TrainedComponent(GraphComponent):
    """A component that learns; what it learned is kept under `FILE` in the model."""

    FILE: ClassVar[str]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        trained: dict[str, Any] | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._trained = trained

    @classmethod
    def create(
        cls: type[Trained],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Trained:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Trained],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Trained:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / cls.FILE))

    def keep(self) -> Resource:
        """Store what was learned and return where it is."""
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._trained, folder / self.FILE, compress=3)
        return self._resource
