"""What the tests stand on: own servers, a database per worker, checks that catch whole classes of defects."""
