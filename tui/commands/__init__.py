"""The commands (lệnh): a second door to the same desk; nothing here imports Textual."""
