#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A chat desk in asyncio: one task tells what happens, one is woken when something is due."""

import asyncio
import time

import libsla

POLICY = """
sla: 1
metrics: {reply: {start: opened, stop: replied}}
targets: [{reply: 3s}]
escalations: [{steps: [{at: 1s before, notify: [owner]}, {at: due, notify: [owner, lead]}]}]
"""


async def watch(engine):
    """Sleeps until the next deadline or piece of news; nothing is polled."""
    async for event in libsla.aio.run(engine):
        print(event.type, event.incident, *event.notify)
        if event.type == "breach":
            return


async def main():
    with libsla.Policy.compile(POLICY) as policy, libsla.Engine(policy) as engine:
        watcher = asyncio.create_task(watch(engine))
        engine.update("chat-1", int(time.time()))
        engine.update("chat-2", int(time.time()))
        await asyncio.sleep(0.5)
        engine.update("chat-2", int(time.time()), "replied")
        await watcher


asyncio.run(main())
