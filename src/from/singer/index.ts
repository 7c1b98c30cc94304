import type { Reader } from '../reader.ts';

/** Catalogs of Singer's taps. */
export const singer: Reader = {
  name: 'Singer catalog',
  recognises: ({ text }) =>
    /^\s*\{\s*"streams"\s*:/.test(text) && /"(?:tap_stream_id|stream)"\s*:/.test(text) && /"schema"\s*:/.test(text),
  read: async ({ text, name }) => (await import('./read.ts')).readCatalog(text, name),
};
