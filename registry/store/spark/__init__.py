"""Scoring on a cluster (chấm trên cụm máy): a plan over a Spark DataFrame. Needs the extra spark.

Spark's DECIMAL ends at 38 digits; a plan that may need more is refused, not rounded.
"""
