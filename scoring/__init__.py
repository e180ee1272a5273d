"""Chấm điểm: pure functions from a rule pack and facts to score sheets, rankings and awards."""
