"""The second engine (máy chấm theo cột): a pack as integer arithmetic over whole columns."""
