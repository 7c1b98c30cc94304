import type { Reader } from '../reader.ts';

/** One or more commands of curl that work, as documentation and browsers have them. */
export const curl: Reader = {
  name: 'curl command',
  recognises: ({ text }) =>
    /^(?:\s*#.*\n)*\s*(?:[$>]\s+)?(?:[\w./\\-]*[\\/])?curl(?:\.exe)?[\s^]/.test(text.slice(0, 10_000)),
  read: async source => (await import('./read.ts')).readCurl(source),
};
