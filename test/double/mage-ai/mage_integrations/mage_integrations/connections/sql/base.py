"""A connection to a database with a DB-API driver."""
from mage_integrations.connections.base import Connection as BaseConnection


class Connection(BaseConnection):
    def close_connection(self, connection):
        connection.close()

    def execute_with_connection(self, connection, query_strings, log_exception=True):
        # The cursor must be a context manager, as psycopg2's is and sqlite3's isn't.
        with connection.cursor() as cursor:
            return self.get_data_from_query_strings(
                cursor, query_strings, log_exception=log_exception,
            )

    def execute(self, query_strings, commit=False, connection=None, log_exception=True):
        """The rows of each query; a connection made here is closed, but not after an error."""
        own = connection is None
        connection = self.build_connection() if own else connection
        data = self.execute_with_connection(
            connection, query_strings, log_exception=log_exception,
        )
        if commit:
            connection.commit()
        if own:
            self.close_connection(connection)
        return data

    def get_data_from_query_strings(self, cursor, query_strings, log_exception=True):
        data = []
        for query in query_strings:
            self.logger.info('Query started.')
            try:
                cursor.execute(query.strip(' \n\t'))
                if cursor.description:
                    data.append(cursor.fetchall())
            except Exception as error:
                log = self.logger.error if log_exception else self.logger.info
                log(f'Query failed: {error}. Query: {query[:1000]}')
                raise
            self.logger.info('Query completed.')
        return data

    def load(self, query_string):
        """The rows of a query; a statement without a result set raises IndexError."""
        tags = {**self.build_tags(), 'query': query_string}
        self.info('Load started.', tags=tags)
        data = self.execute([query_string])
        self.info('Load completed.', tags=tags)
        return data[0]
