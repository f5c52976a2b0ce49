"""What the commands of both programs share: parsing, running, answering.

Knows neither services nor client, so that Hilfe stays light. Start in `program`.
"""
