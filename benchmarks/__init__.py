"""Repeatable measurements. `python -m benchmarks [name…]` runs every module here that has a `main`, or those named."""
