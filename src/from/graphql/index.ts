import type { Reader } from '../reader.ts';

/** Schemas of GraphQL, in its own language or as introspection has them. */
export const graphql: Reader = {
  name: 'GraphQL schema',
  recognises: ({ text }) =>
    /^\s*\{/.test(text)
      ? /"__schema"\s*:/.test(text.slice(0, 2000))
      : /^\s*(?:(?:extend\s+)?(?:schema\s*(?:@|\{)|(?:type|interface|input|enum|union|scalar)\s+\w)|directive\s+@)/m.test(
          text.slice(0, 50_000),
        ),
  question: async ({ pathname }) =>
    ENDPOINT.test(pathname) ? (await import('./question.ts')).schemaQuestion() : undefined,
  read: async source => (await import('./read.ts')).readGraphQL(source),
};

/** What endpoints are called: /graphql, /v1/graphql, /api/2024-10/graphql.json, /gql. */
const ENDPOINT = /\/(?:graphql|gql)(?:\.json)?(?:\/|$)/i;
