"""What the service and its worker processes say to each other: a length, a message, and bytes that belong to it."""

from __future__ import annotations

import struct
from typing import BinaryIO

import msgspec

from viz.server.formats import Formats
from viz.server.refusals import Refusal

LENGTHS = struct.Struct("!II")
"""How many bytes the message has, and how many follow it."""


class Query(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A query to be answered from the store at ``store``, up to ``rows`` rows and ``size`` bytes.

    ``merged`` tells that the default graph holds every statement; otherwise it is the union of the graphs.
    Graphs that are None were not named by the client.
    """

    store: str
    merged: bool
    text: str
    formats: Formats
    rows: int
    size: int
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Task(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A function of the program to be called, ``module:name``, with the open store if one is given."""

    store: str | None
    name: str
    arguments: dict[str, object]


class Answer(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a query gave: the bytes that follow are of ``media``; ``cut`` says that there was more."""

    kind: str
    media: str
    rows: int
    cut: bool


class Value(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a task gave, as JSON in the bytes that follow."""


class Refusing(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Nothing was given, and why."""

    refusal: Refusal


Job = Query | Task
Reply = Answer | Value | Refusing

_ENCODER = msgspec.json.Encoder()
_JOBS: msgspec.json.Decoder[Job] = msgspec.json.Decoder(Job)
_REPLIES: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def pack(message: Job | Reply, body: bytes = b"") -> tuple[bytes, bytes]:
    """Return what to write for ``message``: its head, and the body that follows."""
    text = _ENCODER.encode(message)
    return LENGTHS.pack(len(text), len(body)) + text, body


def parse_reply(text: bytes) -> Reply:
    """Return the reply that a worker wrote."""
    return _REPLIES.decode(text)


def read_job(stream: BinaryIO) -> Job | None:
    """Return the next job; None where the service closed the stream."""
    head = stream.read(LENGTHS.size)
    if len(head) < LENGTHS.size:
        return None
    length, _ = LENGTHS.unpack(head)
    return _JOBS.decode(stream.read(length))


def write_reply(stream: BinaryIO, reply: Reply, body: bytes) -> None:
    """Write a reply and see that it leaves."""
    head, body = pack(reply, body)
    stream.write(head)
    stream.write(body)
    stream.flush()
