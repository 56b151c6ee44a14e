"""SCS Trial: the clinic's own record of spinal cord stimulation trials."""

__version__ = "0.1.0"
