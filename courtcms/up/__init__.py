"""`manage.py up`: the whole court in one terminal, and nothing left when it ends."""
