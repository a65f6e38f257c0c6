"""This platform's database: its base, types, ids, connections and migrations."""
