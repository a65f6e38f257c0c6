"""Sign-in codes leave by SMTP when it is configured, and are printed when it is not."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_string
from typing import ClassVar

import pytest

from deedbook.platform.identity.sessions.mail import mailer_of


class Inbox(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as it takes to receive one message."""

    received: ClassVar[list[str]] = []

    def handle(self) -> None:
        self.say("220 inbox")
        while line := self.rfile.readline().decode().strip():
            match line.upper().split()[0]:
                case "DATA":
                    self.say("354 go on")
                    self.received.append(self.message())
                    self.say("250 kept")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 ok")

    def message(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def inbox() -> Iterator[str]:
    """The URL of a mail server on loopback."""
    Inbox.received.clear()
    with socketserver.TCPServer(("127.0.0.1", 0), Inbox) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_message_arrives_by_smtp(inbox: str) -> None:
    mailer = mailer_of(inbox, "Deedbook <no-reply@example.com>")
    mailer.send("ana@example.com", "Your code", "123456 signs you in")

    (message,) = map(message_from_string, Inbox.received)
    assert message["To"] == "ana@example.com"
    assert message["From"] == "Deedbook <no-reply@example.com>"
    assert message["Subject"] == "Your code"
    assert "123456 signs you in" in str(message.get_payload())


def test_without_smtp_the_server_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    mailer_of("", "Deedbook <no-reply@example.com>").send("ana@example.com", "Your code", "123456")

    assert "To ana@example.com: Your code\n  123456" in capsys.readouterr().out
