"""Tables too long to read row by row (bảng dài): facts in and results out, a column at a time."""

COLUMNAR = (".parquet", ".arrow", ".feather", ".ipc")
"""How the names of columnar files end; known without loading what reads them."""
