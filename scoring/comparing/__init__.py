"""So sánh: two packs, and what one makes of the entries of the other."""
