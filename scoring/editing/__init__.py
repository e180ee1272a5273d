"""What an editor asks while a pack is being written: faults, meanings, names, places."""
