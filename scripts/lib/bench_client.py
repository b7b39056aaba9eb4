"""An HTTP/1.1 client that costs the benchmark little beside what it measures.

Python's own parses every line of a head as mail, which takes longer than a small answer. This one looks for the three
lines that say where the content ends (RFC 9112, section 6.3).
"""

import re
import socket

HEAD = 16 << 10  # bytes; heads are smaller
AT_FIRST = 4096  # bytes that are read at once before the head has ended
LARGEST = 1 << 30  # bytes; memory that nothing is read into is not taken
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked\r\n", re.IGNORECASE)
CLOSED = re.compile(rb"\r\nconnection: *close\r\n", re.IGNORECASE)


class Connection:
    """It is made when it is first needed, and again when the server has said that it closes it."""

    def __init__(self, port):
        self.port, self.socket, self.first = port, None, bytearray(HEAD)

    def ask(self, method, path, headers, body=None, into=None):
        """The status, the buffer with the content at its start, and the content's length, which is less than `into`'s."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=300)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(self.head(method, path, headers, body))
        if body:
            self.socket.sendall(body)
        head, rest = self.receive_head()
        status, length = int(head[9:12]), LENGTH.search(head)
        # These have no content, whatever their heads say.
        length = 0 if status in (204, 304) else int(length[1]) if length else None
        if into is None:
            into = bytearray(LARGEST if length is None else length + 1)
        view = memoryview(into)
        view[: len(rest)] = rest
        closes = bool(CLOSED.search(head))
        if length is not None:
            size = self.receive_until(length, view, len(rest))
        elif CHUNKED.search(head):
            size = self.receive_chunks(view, len(rest))
        else:
            size, closes = self.receive_all(view, len(rest)), True
        if closes:
            self.socket.close()
            self.socket = None
        return status, into, size

    def head(self, method, path, headers, body):
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode()

    def receive_head(self):
        """The head up to its empty line, and what came behind it."""
        view, filled, end = memoryview(self.first), 0, -1
        while end < 0:
            filled += self.receive(view[filled : filled + AT_FIRST])
            end = self.first.find(b"\r\n\r\n", 0, filled)
        return bytes(view[: end + 2]), bytes(view[end + 4 : filled])

    def receive_until(self, length, view, filled):
        if length >= len(view):
            raise RuntimeError(f"an answer of {length} bytes for a buffer of {len(view)}")
        while filled < length:
            filled += self.receive(view[filled:length])
        return length

    def receive_all(self, view, filled):
        while got := self.socket.recv_into(view[filled:]):
            filled += got
        return filled

    def receive_chunks(self, view, filled):
        """Takes the chunks out of their frames, in place (RFC 9112, section 7.1)."""
        content, at = 0, 0
        while True:
            while (end := bytes(view[at : min(filled, at + 100)]).find(b"\r\n")) < 0:
                filled += self.receive(view[filled:])
            length = int(bytes(view[at : at + end]).split(b";")[0], 16)
            at += end + 2
            while filled < at + length + 2:
                filled += self.receive(view[filled:])
            if length == 0:
                return content
            view[content : content + length] = bytes(view[at : at + length])
            content, at = content + length, at + length + 2

    def receive(self, view):
        got = self.socket.recv_into(view)
        if not got:
            raise RuntimeError("the server closed the connection in the middle of an answer")
        return got
