"""How a sign-in code reaches its person: by SMTP, or in development on the server's output."""

from __future__ import annotations

import smtplib
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

_TIMEOUT_SECONDS: Final = 10


class Mailer(Protocol):
    """Sends one message to one address, or raises `OSError`."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Send a message."""


@dataclass(frozen=True)
class SmtpMailer:
    """Sends by SMTP: `smtps://…` with TLS from the start, `smtp://…` with STARTTLS where offered."""

    url: str
    sender: str

    def send(self, to: str, subject: str, text: str) -> None:
        """Send a message."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        # As it is: what is signed in a mail can then be read out of the file it is saved in.
        message.set_content(text, cte="7bit" if text.isascii() else "8bit")
        with self._connect() as server:
            server.send_message(message)

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=_TIMEOUT_SECONDS
            )
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=_TIMEOUT_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server


class PrintingMailer:
    """For development: prints the message where the server runs."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Print a message."""
        sys.stdout.write(f"\n  To {to}: {subject}\n  {text}\n\n")
        sys.stdout.flush()


def mailer_of(url: str, sender: str) -> Mailer:
    """Give what sends mail with these settings."""
    return SmtpMailer(url, sender) if url else PrintingMailer()
