"""The encrypted record: engine, rows, repositories, audit, migrations."""
