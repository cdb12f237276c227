"""What a lesson imports; README.md says which module does what."""
