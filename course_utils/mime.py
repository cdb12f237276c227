"""The type of what a test cell reports. Apart, because who only reads notebooks need not load PyTorch for it."""

MIME = "application/vnd.speech-enhancement.checks+json"
"""Type of the output from which a grader reads the checks of a cell."""
