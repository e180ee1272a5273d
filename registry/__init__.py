"""Sổ đăng ký: the record of seasons, entries, facts and runs, and the one door (the desk) to it."""
