"""`POST /webhooks/voice/webhook`: the chat's request and reply for a telephone line, spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.errors import BadRequest
from bot.channels.recording import record_reduced, record_turn, watched_turn
from bot.channels.requests import json_object, message_of
from bot.channels.webhook import webhook
from bot.voice.call import CHANNEL, Calls, Handler, Turn, reduced_turn
from bot.voice.commands import words
from bot.voice.keypad import KEYS
from bot.voice.line import Heard


class VoiceChannel(InputChannel):
    """The line, platform-neutral."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Return the channel's routes."""

        async def receive(request: Request) -> HTTPResponse:
            turn = await heard_turn(request, on_new_message, self.name(), *voice_request(request.body))
            return json(turn.messages, ensure_ascii=False)

        return webhook(self.name(), receive)


async def heard_turn(
    request: Request, ask: Handler, channel: str, sender: str, heard: Heard, *, greets: bool = False
) -> Turn:
    """Return what is said to what a platform heard; a turn that the assistant answered is recorded.

    Where it could not answer, what needs no model and no database is said.
    """
    with watched_turn() as stages:
        try:
            turn = await Calls(request.app.ctx.agent, ask).turn(sender, heard, greets=greets)
        except Exception as error:
            record_reduced(request.app, error)
            return reduced_turn(sender, heard.text)
        if turn.answered:
            record_turn(request.app, sender, turn.messages, channel, stages)
        return turn


def voice_request(body: bytes) -> tuple[str, Heard]:
    """Return the call and what was heard; unlike a chat message, a silence is a message.

    Raises:
        BadRequest: saying in French what to correct.
    """
    chat = message_of({"message": "", **json_object(body)}, silence=True)
    return chat.sender, heard_from(chat.text, chat.told)


def heard_from(text: str, metadata: Mapping[str, Any]) -> Heard:
    """Return what a platform heard.

    Raises:
        BadRequest: for keys that no telephone has, a confidence outside 0 to 1 or an unknown speed.
    """
    keys, confidence, speed = (metadata.get(name) for name in ("dtmf", "confidence", "speed"))
    if keys not in (None, "") and not (isinstance(keys, str) and KEYS.fullmatch(keys)):
        raise BadRequest("invalid_dtmf", "« dtmf » doit contenir 1 à 32 touches : chiffres, * ou #.")
    if confidence is not None and (
        isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1
    ):
        raise BadRequest("invalid_confidence", "« confidence » doit être un nombre de 0 à 1.")
    speeds = words()["speeds"]
    if speed is not None and (not isinstance(speed, str) or speed not in speeds):
        raise BadRequest("invalid_speed", f"« speed » doit être : {', '.join(speeds)}.")
    return Heard(text, keys or "", confidence, None if speed is None else speeds[speed])
