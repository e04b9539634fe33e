"""Measurements behind `make bench`: each prints figures that can be compared in one run on one machine."""
