"""The training of the restoration networks that lesson 10 ships: super-resolution, denoising, dereverberation."""
