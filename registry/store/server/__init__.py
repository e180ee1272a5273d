"""A register on a PostgreSQL server (sổ trên máy chủ), for a province."""
