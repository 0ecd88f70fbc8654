"""Pages of the chart in force: load, check, form, action, render."""
