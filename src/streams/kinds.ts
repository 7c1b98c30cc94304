/** The generators that know how to add to a connector of their kind, and what the kinds are. */
export const KINDS = {
  api: async () => ({
    ...(await import('../../generators/api/index.ts')),
    kind: (await import('../kinds/api/kind.ts')).apiKind,
  }),
  sql: async () => ({
    ...(await import('../../generators/sql/index.ts')),
    kind: (await import('../kinds/sql/kind.ts')).sqlKind,
  }),
  file: async () => ({
    ...(await import('../../generators/file/index.ts')),
    kind: (await import('../kinds/file/kind.ts')).fileKind,
  }),
} as const;
