"""Thành phần: the parts screens are made of."""
