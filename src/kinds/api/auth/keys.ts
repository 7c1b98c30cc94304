import type { ConfigKey } from '../../../connector/model.ts';

/** A configuration key that a run needs and nobody may see. */
export function secretKey(name: string, description: string): ConfigKey {
  return { name, description, required: true, secret: true };
}

/** A configuration key that a run needs. */
export function plainKey(name: string, description: string): ConfigKey {
  return { name, description, required: true, secret: false };
}

/** The place of a scheme whose requests have no secret but the header that requests itself keeps from other hosts. */
export const IN_AUTHORIZATION = { headers: ['Authorization'], params: [], fields: [], tokenRequest: false } as const;
