"""A speech enhancer: noisy speech in, clean speech out. The project of the course."""
