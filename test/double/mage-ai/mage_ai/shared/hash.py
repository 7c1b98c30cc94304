"""Helpers for dictionaries."""


def index_by(func, arr):
    return {func(item): item for item in arr}
