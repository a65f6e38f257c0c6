"""Requests to addresses that tenants name: checked, bounded, and to the address that was checked."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from deedbook.web import outbound as module
from deedbook.web.outbound import Address, NoAnswer, Outbound, UrlRefused, resolve
from world.receiver import receiving


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://",
        "https:///path",
        "https://127.0.0.1/",
        "https://127.0.0.1:8443/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/",
        "https://db.internal/",
        "https://intranet/",
        "https://user:password@hooks.example.com/",
        "https://user@hooks.example.com/",
    ],
)
def test_what_can_be_seen_to_be_out_of_bounds_is_refused_without_asking_anyone(url: str) -> None:
    asked: list[str] = []

    def ask(host: str, _port: int) -> Sequence[Address]:
        asked.append(host)
        return []

    with pytest.raises(UrlRefused):
        Outbound(resolver=ask).check(url)
    with pytest.raises(UrlRefused):
        Outbound(resolver=ask).post(url, b"{}", {})
    assert asked == []


def test_what_may_be_public_passes_the_first_check() -> None:
    for url in (
        "https://hooks.example.com/a?b=c",
        "https://8.8.8.8:8443/",
        "https://[2606:4700::1]/",
    ):
        Outbound().check(url)


def test_a_development_machine_may_lift_the_rules() -> None:
    with receiving() as receiver:
        status = Outbound(private_addresses=True).post(receiver.url, b"{}", {"X-A": "b"})
    assert status == 200
    (received,) = receiver.received
    assert (received.path, received.body, received.headers["x-a"]) == ("/hook", b"{}", "b")


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]],
)
def test_a_name_that_leads_to_a_closed_address_is_refused(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "create_connection", unreachable)
    outbound = Outbound(resolver=lambda _host, _port: [ip_address(each) for each in addresses])
    with pytest.raises(UrlRefused, match="not public"):
        outbound.post("https://rebound.example.com/", b"{}", {})


def unreachable(*_: object, **__: object) -> None:
    raise AssertionError("nobody may connect")


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that gives a public address to whoever checks and a private one to whoever connects."""
    answers = iter([[ip_address("8.8.8.8")], [ip_address("127.0.0.1")]])
    connected: list[object] = []

    def connect(address: object, *_: object, **__: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    outbound = Outbound(resolver=lambda _host, _port: next(answers))
    with pytest.raises(NoAnswer, match="connection failed"):
        outbound.post("https://rebinding.example.com:8443/", b"{}", {})
    assert connected == [("8.8.8.8", 8443)]


def test_a_name_is_asked_for_its_second_address_when_the_first_is_silent() -> None:
    with receiving() as receiver:
        port = int(receiver.url.split(":")[2].split("/")[0])
        found = [ip_address("127.1.2.3"), ip_address("127.0.0.1")]
        outbound = Outbound(private_addresses=True, resolver=lambda _host, _port: found)
        assert outbound.post(f"http://hooks.example.com:{port}/hook", b"{}", {}) == 200
    assert receiver.received[0].headers["host"] == f"hooks.example.com:{port}"


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with receiving() as receiver, receiving() as elsewhere:
        receiver.status, receiver.headers = 302, {"Location": elsewhere.url}
        assert Outbound(private_addresses=True).post(receiver.url, b"{}", {}) == 302
    assert elsewhere.received == []


def test_a_name_that_nobody_knows_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NoAnswer, match="cannot be resolved"):
        Outbound().post("https://nobody.example.com/", b"{}", {})


def test_the_systems_resolver_is_asked_for_addresses_alone() -> None:
    assert ip_address("127.0.0.1") in resolve("localhost", 443)


@contextmanager
def speaking(words: bytes, *, again: bool = False) -> Iterator[int]:
    """A server that says something to whoever connects, once or a byte now and then, for ever."""
    over = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                while True:
                    connection.sendall(words)
                    if not again or over.wait(0.02):
                        break
                over.wait(60)
            except OSError:
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_whoever_sends_a_byte_now_and_then_is_hung_up_on(scheme: str) -> None:
    # The beginning of a header, and of a TLS record (RFC 8446 §5.1) that never ends.
    words = b"H" if scheme == "http" else b"\x16\x03\x03\x3f\xff" + b"\x00" * 8
    outbound = Outbound(private_addresses=True, total_seconds=0.3)
    with speaking(words, again=scheme == "https") as port, pytest.raises(NoAnswer):
        outbound.post(f"{scheme}://127.0.0.1:{port}/", b"{}", {})


def test_whoever_says_nothing_is_given_up() -> None:
    outbound = Outbound(private_addresses=True, total_seconds=0.2)
    with speaking(b"") as port, pytest.raises(NoAnswer, match="in time"):
        outbound.post(f"http://127.0.0.1:{port}/", b"{}", {})


@pytest.mark.parametrize(
    "words",
    [
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000,
        b"HTTP/1.1 abc OK\r\n\r\n",
    ],
)
def test_an_answer_that_is_none_is_told_in_our_words(words: bytes) -> None:
    with speaking(words) as port, pytest.raises(NoAnswer) as failed:
        Outbound(private_addresses=True).post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert str(failed.value) == "what came back is no HTTP"


def test_a_body_without_an_end_is_not_read() -> None:
    words = b"HTTP/1.1 204 No Content\r\n\r\n" + b"x" * 100_000
    with speaking(words) as port:
        url = f"http://127.0.0.1:{port}/"
        assert Outbound(private_addresses=True).post(url, b"{}", {}) == 204


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Give what a server with a name needs, and what a client that trusts it alone needs."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


@contextmanager
def secure_server(context: ssl.SSLContext, names: list[str | None]) -> Iterator[int]:
    """A server over TLS that keeps the names it is asked for and answers 200."""
    context.sni_callback = lambda _socket, name, _context: names.append(name)

    def serve() -> None:
        connection, _ = listener.accept()
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                while not secure.recv(65_536).endswith(b"{}"):
                    pass
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        except OSError:
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize("certified", ["hooks.example.com", "elsewhere.example.com"])
def test_tls_asks_for_the_name_though_the_connection_goes_to_an_address(
    tmp_path: Path, certified: str
) -> None:
    server, client = certificate(tmp_path, certified)
    names: list[str | None] = []
    outbound = Outbound(
        private_addresses=True,
        resolver=lambda _host, _port: [ip_address("127.0.0.1")],
        tls=client,
    )
    with secure_server(server, names) as port:
        url = f"https://hooks.example.com:{port}/"
        if certified == "hooks.example.com":
            assert outbound.post(url, b"{}", {}) == 200
        else:
            with pytest.raises(NoAnswer, match="TLS failed"):
                outbound.post(url, b"{}", {})
    assert names == ["hooks.example.com"]


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as receiver, receiving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert module.Outbound(private_addresses=True).post(receiver.url, b"{}", {}) == 200
    assert proxy.received == []
