"""Suýt đạt: the smallest change that would give more."""
