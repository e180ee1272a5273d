"""The same plan past one process: PostgreSQL and Spark beside the columns, every cell compared."""
