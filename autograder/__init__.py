"""What an instructor runs: release, grade, report, export, enhance."""
