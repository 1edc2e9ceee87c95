"""`assistant worker`: sorts the messages that wait in Redis."""

from __future__ import annotations

from rich.console import Console

from bot.settings import SettingError, Settings

console = Console(stderr=True)


def worker() -> None:
    """Sort the messages that wait (REDIS_URL) into the queue, until stopped; start as many as there are processors."""
    from bot.cli.triage import loaded_sorter
    from bot.intake import Intake
    from bot.serving.jobs import Jobs, work
    from bot.storage.store import open_store

    settings = Settings()
    if not settings.redis_url:
        raise SettingError("REDIS_URL is empty: the worker takes its messages from Redis")
    store = open_store(settings)
    intake, jobs = Intake(loaded_sorter(), store), Jobs(settings.redis_url)
    console.print(f"Ready: {jobs.waiting()} messages wait")
    work(jobs, intake.done)
    store.close()
