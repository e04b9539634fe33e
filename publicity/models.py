"""The tables of this floor, room by room."""
