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
  read: async ({ text, name, address }) => (await import('./read.ts')).readGraphQL(text, name, address),
};
