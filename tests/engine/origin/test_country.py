"""The country of a request: the edge's word, the table's, or none."""

import json
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.origin import Country, CountryResolver, country

BRAZIL = "200.160.0.8"
UNKNOWN = Country(None, None)


@pytest.mark.parametrize("header", ["BR", "br", " Br "])
@pytest.mark.parametrize("ip", ["8.8.8.8", "10.0.0.1", None])
def test_the_edge_is_believed_first(ip: str | None, header: str) -> None:
    assert CountryResolver().resolve(ip, header) == Country("BR", "edge")


@pytest.mark.parametrize(
    "header", [None, "", "XX", "xx", "T1", "ZZ", "EU", "AP", "B", "BRA", "B R", "ß", "ÄÖ", "\ud800"]
)
def test_an_edge_that_names_no_country_leaves_it_to_the_table(header: str | None) -> None:
    resolver = CountryResolver()
    assert resolver.resolve(BRAZIL, header) == Country("BR", resolver.table)
    assert resolver.resolve(None, header) == UNKNOWN


@pytest.mark.parametrize(
    ("ip", "code"),
    [
        ("8.8.8.8", "US"),
        ("::ffff:8.8.8.8", "US"),
        ("2001:4860:4860::8888", "US"),
        ("2804:14d::1", "BR"),
    ],
)
def test_the_table_knows_public_addresses(ip: str, code: str) -> None:
    assert CountryResolver().resolve(ip, None).code == code


@pytest.mark.parametrize(
    "ip",
    [
        None,
        "",
        "testclient",
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.1.1",
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.66",
        "fd00::1",
        "fe80::1%eth0",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "240.0.0.1",
        "::",
    ],
)
def test_what_is_not_on_the_public_internet_is_nowhere(ip: str | None) -> None:
    everywhere = CountryResolver(lookup=lambda _: "BR", table="test")
    assert everywhere.resolve(ip, None) == UNKNOWN
    assert CountryResolver().resolve(ip, None) == UNKNOWN


@pytest.mark.parametrize("answer", [None, "EU", "AP", "ZZ", ""])
def test_a_region_is_no_country(answer: str | None) -> None:
    assert CountryResolver(lookup=lambda _: answer).resolve("8.8.8.8", None) == UNKNOWN


def test_the_source_names_the_table_and_its_date_or_version() -> None:
    source = CountryResolver().resolve(BRAZIL, None).source or ""
    pattern = rf"iptocc (\d{{4}}-\d{{2}}-\d{{2}}|{re.escape(version('iptocc'))})"
    assert re.fullmatch(pattern, source)


@pytest.mark.parametrize(
    ("document", "source"),
    [
        (json.dumps({"metadata": {"timestamp": "2026-10-27T05:11:26.29Z"}}), "iptocc 2026-10-27"),
        (json.dumps({"metadata": {"timestamp": "yesterday"}}), "iptocc 9.9"),
        (json.dumps({"metadata": {"timestamp": None}}), "iptocc 9.9"),
        (json.dumps({"metadata": {}}), "iptocc 9.9"),
        (json.dumps([]), "iptocc 9.9"),
        ("{", "iptocc 9.9"),
        (None, "iptocc 9.9"),
    ],
)
def test_the_version_stands_in_for_a_date_that_cannot_be_read(
    document: str | None, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "table.cyclonedx.json"
    if document is not None:
        file.write_text(document, encoding="utf-8")
    package = SimpleNamespace(files=[tmp_path / "RECORD", file], version="9.9")
    monkeypatch.setattr(country, "distribution", lambda _: package)
    country._table_source.cache_clear()
    assert CountryResolver().table == source
    country._table_source.cache_clear()


def test_a_table_without_a_package_still_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(country, "distribution", missing)
    country._table_source.cache_clear()
    assert CountryResolver().table == "iptocc"
    country._table_source.cache_clear()


@given(ip=st.none() | st.text(), header=st.none() | st.text())
def test_nothing_at_all_raises(ip: str | None, header: str | None) -> None:
    found = CountryResolver().resolve(ip, header)
    assert (found.code is None) == (found.source is None)
