"""The organisation chart as a value: plain, immutable data and the rules that hold on it.

No Django, no clock, no input or output, no persons. A `Structure` is the chart at one moment, a reorganisation is a
list of `Change`, and *after* is `fold(before, changes)`; all that the product shows or writes comes from that one fold.
"""
