SELECT * FROM orders WHERE total >= 5
