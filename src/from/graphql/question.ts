import { getIntrospectionQuery } from 'graphql';

/** What an endpoint is posted to have its schema. */
export function schemaQuestion(): object {
  return { query: getIntrospectionQuery() };
}
