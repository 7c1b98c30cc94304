/** What the kinds are; only that of the connector is loaded. */
export const KINDS = {
  api: async () => (await import('../api/kind.ts')).apiKind,
  sql: async () => (await import('../sql/kind.ts')).sqlKind,
  file: async () => (await import('../file/kind.ts')).fileKind,
} as const;
