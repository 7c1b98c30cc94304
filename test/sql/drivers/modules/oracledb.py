from types import SimpleNamespace

from driver_double import connect

defaults = SimpleNamespace(fetch_decimals=False, fetch_lobs=True)
