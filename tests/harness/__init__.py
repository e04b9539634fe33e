"""What the tests stand on: servers of their own, a database per worker, and checks that catch whole classes of defects."""
