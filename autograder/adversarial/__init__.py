"""The networks that lesson 11 ships, and how they were trained."""
