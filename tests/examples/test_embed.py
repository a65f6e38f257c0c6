"""The embedding example runs on PostgreSQL as it does on SQLite: by its URL alone."""

from __future__ import annotations

import app
from fastapi.testclient import TestClient

from databases import Database


def test_a_stranger_embeds_the_log_by_its_public_faces(database: Database) -> None:
    app.open_library(database.url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        client = TestClient(app.app)
        query = {"book": "Middlemarch", "borrower": "Ada"}
        for _ in range(2):
            client.post("/loans", params=query, headers={"X-Card": "P-7"}).raise_for_status()
        client.post("/loans/1/return", headers={"X-Card": "S-1"}).raise_for_status()
        app.write_off()
        log = client.get("/audit-logs?include=system", headers={"X-Card": "S-1"}).json()["data"]
    finally:
        app.open_session.kw["bind"].dispose()
    assert [(entry["action"], entry["entity_id"], entry["user_id"]) for entry in log] == [
        ("loan.lost", "2", None),
        ("loan.back", "1", "S-1"),
        ("loan.lent", "2", "P-7"),
        ("loan.lent", "1", "P-7"),
    ]
