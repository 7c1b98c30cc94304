import type { Reader } from '../reader.ts';

/** What a browser recorded of an application at work: the lists that it asked for are the streams. */
export const har: Reader = {
  name: 'recording (HAR)',
  recognises: ({ text }) => /^\s*\{\s*"log"\s*:\s*\{/.test(text.slice(0, 1000)),
  read: async source => (await import('./read.ts')).readHar(source),
};
