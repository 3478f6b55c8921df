"""Can we trust it?"""
