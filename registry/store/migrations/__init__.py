"""Every change of the tables since the first (nâng cấp sổ), run inside one transaction."""
