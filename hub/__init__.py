"""JupyterHub for the course: on a laptop, on one server, on a cluster."""
