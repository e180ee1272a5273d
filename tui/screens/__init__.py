"""Màn hình: one screen a file, each shows what the desk answers and decides nothing."""
