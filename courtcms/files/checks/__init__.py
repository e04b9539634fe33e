"""Checks of one kind of file each; pure functions over bytes."""
