"""Scoring where the facts live (chấm tại máy chủ): a plan as one SELECT on a PostgreSQL server."""
