"""The form for a call: one window from "who is calling" to "solved", with less than 20 seconds of typing.

Knows the store only through the context. Start in `dialog`.
"""
