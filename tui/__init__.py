"""Giao diện: the screens and commands a person meets in a terminal."""
