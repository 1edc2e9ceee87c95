"""`assistant ask`: one question, one answer, in the terminal."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

import typer
from rich.console import Console
from rich.markdown import Markdown

from bot.settings import Settings


def ask(
    question: str = typer.Argument(help="The question, in French."),
    as_json: bool = typer.Option(False, "--json", help="Print the messages as JSON."),
) -> None:
    """Ask one question and print the answer, without a server."""
    from bot.cli.serving import ensure_model
    from bot.runtime import load_agent

    settings = Settings()
    agent = load_agent(ensure_model(settings), settings)
    messages = asyncio.run(reply(agent, question))
    if as_json:
        typer.echo(json.dumps(messages, ensure_ascii=False, indent=2))
        return
    console = Console()
    for message in messages:
        console.print(Markdown(message["text"].replace("\n", "  \n")))
        for button in message.get("buttons", []):
            console.print(f"  [{button['title']}]", markup=False)


async def reply(agent: Any, question: str, sender: str = "") -> list[dict[str, Any]]:
    """Return the assistant's messages to one message of a conversation (a new one by default)."""
    from rasa.core.channels.channel import UserMessage

    from bot.channels.requests import clean
    from bot.channels.rest import RenderedOutput

    output = RenderedOutput()
    await agent.handle_message(
        UserMessage(clean(question), output, sender or f"ask-{uuid.uuid4().hex}", input_channel="rest")
    )
    return output.messages
