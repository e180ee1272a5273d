"""Văn bản: read models to bytes (PDF)."""
