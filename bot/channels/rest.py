"""The chat channel: Rasa's REST shape, privacy on the way in, words on the way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.recording import TURN, record_reduced, record_turn, reference, watched_turn
from bot.channels.requests import chat_request
from bot.channels.turns import answered_once, is_answer, rendered
from bot.channels.webhook import webhook
from bot.serving.reduced import reduced_reply
from bot.stages import WORD, stage


class RenderedOutput(CollectingOutputChannel):
    """Collects messages, each answer put into words."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Render an answer of the actions; anything else Rasa says is passed over: it is not for members."""
        answer = message.get("custom")
        if is_answer(answer):
            with stage(WORD):
                self.messages.append(rendered(recipient_id, answer, date.today()))


class RestChannel(InputChannel):
    """`POST /webhooks/rest/webhook`."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the channel's routes."""

        async def receive(request: Request) -> HTTPResponse:
            chat = chat_request(request.body)
            output = RenderedOutput()
            message = UserMessage(
                chat.text, output, chat.sender, input_channel=self.name(), metadata=dict(chat.metadata)
            )
            # The agent itself, not `on_new_message`: whether a message was answered is looked up under the same lock.
            with watched_turn() as stages:
                try:
                    said = await answered_once(request.app.ctx.agent, message, chat.message_id)
                except Exception as error:
                    record_reduced(request.app, error)
                    said = reduced_reply(chat.sender, chat.text, date.today())
                if output.messages:  # none where the reply is that of a message already answered
                    record_turn(request.app, chat.sender, output.messages, self.name(), stages)
                return json(said, ensure_ascii=False, headers={TURN: reference()})

        return webhook(self.name(), receive)
