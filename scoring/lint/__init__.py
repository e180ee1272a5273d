"""Soát nghi vấn: what a pack may say but its author hardly means."""
