"""Sees what a connector asks for over HTTP, and what it delivers of the responses; it changes neither."""  # noqa: E501
