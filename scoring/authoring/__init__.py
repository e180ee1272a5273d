"""Soạn thảo: packs laid out, begun, described to editors, and written out for people."""
