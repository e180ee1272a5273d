"""Miền giá trị: what expressions can come to, from what a pack declares alone."""
