"""Measure what a build costs as articles grow in number; tests/bench_scale.py runs it all."""
