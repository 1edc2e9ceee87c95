"""What our Rasa components share: how Rasa makes them, and how what was trained is kept."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

Made = TypeVar("Made", bound="Component")
Trained = TypeVar("Trained", bound="TrainedComponent")


class Component(GraphComponent):
    """A component as Rasa makes one, with its settings and its place in the model."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls: type[Made],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Made:
        return cls(config, model_storage, resource)


class TrainedComponent(Component):
    """A component that learns; what it learned is kept under `FILE` in the model, None before."""

    FILE: ClassVar[str]
    _trained: dict[str, Any] | None = None

    @classmethod
    def load(
        cls: type[Trained],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Trained:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._trained = joblib.load(folder / cls.FILE)
        return component

    def keep(self) -> Resource:
        """Store what was learned and return where it is."""
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._trained, folder / self.FILE, compress=3)
        return self._resource
