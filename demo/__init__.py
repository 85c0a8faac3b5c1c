"""The main job on the sample data of a small business: `make demo`."""
