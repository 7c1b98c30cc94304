/** The generators that know how to add to a connector of their kind, and what the kinds are. */
export const KINDS = {
  api: async () => ({ ...(await import('../api/index.ts')), kind: (await import('../api/kind.ts')).apiKind }),
  sql: async () => ({ ...(await import('../sql/index.ts')), kind: (await import('../sql/kind.ts')).sqlKind }),
  file: async () => ({ ...(await import('../file/index.ts')), kind: (await import('../file/kind.ts')).fileKind }),
} as const;
