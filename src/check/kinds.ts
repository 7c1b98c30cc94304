/** What the kinds are; only that of the connector is loaded. */
export const KINDS = {
  api: async () => (await import('../kinds/api/kind.ts')).apiKind,
  sql: async () => (await import('../kinds/sql/kind.ts')).sqlKind,
  file: async () => (await import('../kinds/file/kind.ts')).fileKind,
} as const;
