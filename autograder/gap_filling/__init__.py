"""The trained network of the lesson on gaps: how its weights are made, and where they lie."""
