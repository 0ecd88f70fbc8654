"""What HR types about the chart in force."""
