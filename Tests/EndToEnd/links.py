"""A link of a given width before a local port, for clients that are far away."""

import asyncio
import contextlib
import threading
import time

PIECE = 16 << 10


class Link:
    """Passes on what goes through, so many megabits a second in all towards the client, and requests later by the latency.

    It is reached at `url`; without a width nothing is held back.
    """

    def __init__(self, target, megabits=None, latency=0.02):
        self.target, self.rate, self.latency = target, (megabits or 0) * 1_000_000 / 8, latency if megabits else 0
        self.free_at = 0.0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        starting = asyncio.start_server(self.serve, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(starting, self.loop).result()
        self.url = "http://%s:%d" % server.sockets[0].getsockname()[:2]
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self.end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def end(self):
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def serve(self, reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self.forward(reader, far_writer, self.late), self.forward(far_reader, writer, self.paced))

    async def forward(self, reader, writer, hold):
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(PIECE):
                await hold(len(piece))
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def late(self, _):
        await asyncio.sleep(self.latency)

    async def paced(self, length):
        """Waits until the link has carried all that came before, and this."""
        if not self.rate:
            return
        now = time.monotonic()
        self.free_at = max(now, self.free_at) + length / self.rate
        await asyncio.sleep(self.free_at - now)
