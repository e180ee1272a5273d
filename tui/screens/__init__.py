"""The screens (màn hình), one a file."""
