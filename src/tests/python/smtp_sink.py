"""A mail server that writes every message it takes into a directory: its argument.

Prints the port on which it listens; ends with its standard input. What it answers depends on the recipient:
`busy-once…` is asked to come again once, `always-busy…` always, `nobody…` is refused for good.
"""

import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    def __init__(self, directory):
        self.directory = directory
        self.taken = 0
        self.put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("always-busy"):
            return "451 4.3.0 come again later"
        if address.startswith("busy-once") and address not in self.put_off:
            self.put_off.add(address)
            return "451 4.3.0 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        (self.directory / f"{self.taken:04}.eml").write_bytes(envelope.original_content)
        return "250 OK"


async def main():
    sink = Sink(pathlib.Path(sys.argv[1]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
