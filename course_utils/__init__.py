"""What a lesson imports: signal, corpus, degrade, metrics, plot, listen, checks."""
