"""Workers on this machine or others that do what children do else, behind a Dask scheduler. The only importer of distributed."""

from archiver.spreading.joining import LOCAL, joined

__all__ = ["LOCAL", "joined"]
