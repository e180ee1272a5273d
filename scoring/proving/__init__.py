"""Kiểm chứng: whether the cases of a pack try it all and would notice a slip."""
