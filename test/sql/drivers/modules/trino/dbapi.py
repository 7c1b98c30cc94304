from driver_double import connect
