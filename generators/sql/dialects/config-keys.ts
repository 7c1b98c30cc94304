import type { ConfigKey } from '../../common/model/connector.ts';

/** Configuration keys that several databases have, with the names of Mage's own connectors. */
export const HOST = {
  name: 'host',
  description: 'The host name or address of the server',
  required: true,
  secret: false,
} as const satisfies ConfigKey;

export const DATABASE = {
  name: 'database',
  description: 'The database to read',
  required: true,
  secret: false,
} as const satisfies ConfigKey;

export const PASSWORD = {
  name: 'password',
  description: "The user's password",
  required: false,
  secret: true,
} as const satisfies ConfigKey;

/** The port of the server, with its default. */
export function port(number: number): ConfigKey {
  return { name: 'port', description: 'The port of the server', required: false, default: number, secret: false };
}

/** The schemas that are read, with the one that is by default. */
export function schema(name: string): ConfigKey {
  return {
    name: 'schema',
    description: 'The schema whose tables and views are the streams, or several with commas',
    required: false,
    default: name,
    secret: false,
  };
}

/** The user, by the name that Mage's own connector has for the key. */
export function user(name: 'user' | 'username'): ConfigKey {
  return { name, description: 'A user who may read them', required: true, secret: false };
}
