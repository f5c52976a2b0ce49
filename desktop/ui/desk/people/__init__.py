"""The people of the company: found by a few letters, corrected in place, with their tickets and devices.

Start in `page`.
"""
