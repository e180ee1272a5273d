"""The changes themselves, oldest first by number."""
