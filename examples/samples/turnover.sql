-- One row: what all orders come to.
SELECT count(*) AS orders, sum(total) AS total
FROM orders;
