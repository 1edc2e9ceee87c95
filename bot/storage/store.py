"""Everything that the product keeps, opened at once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings
from bot.storage.database import Database, url_of
from bot.storage.feedback import Feedback
from bot.storage.keys import Keys, keys_of
from bot.storage.queue import Queue

CONVERSATION = "conversation"


@dataclass(frozen=True)
class Store:
    """The database, and what is kept in it."""

    database: Database
    keys: Keys
    queue: Queue
    feedback: Feedback

    def conversation(self, sender: str) -> str:
        """Return the reference under which feedback on a conversation is kept."""
        return self.keys.of(CONVERSATION, sender)

    def erase_conversation(self, sender: str) -> None:
        """Erase what feedback keeps of a conversation."""
        self.feedback.erase(self.conversation(sender))
        self.database.forget()

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_store(settings: Settings, *, patient: bool = False) -> Store:
    """Open what the product keeps, its tables brought up to date; `patient` as the database understands it."""
    database = Database(url_of(settings), patient=patient)
    return Store(database, keys_of(settings), Queue(database), Feedback(database))
