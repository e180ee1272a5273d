"""Tables too long to read row by row (bảng dài): facts in and results out, a column at a time."""
