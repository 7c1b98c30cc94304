import type { ConfigKey } from '../../../connector/model.ts';

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

/** What it takes to reach a database through SSH, with the names that Mage's own MySQL connector has. */
export const SSH = [
  {
    name: 'connection_method',
    description: 'ssh_tunnel, or direct to reach the server without SSH',
    required: false,
    default: 'ssh_tunnel',
    secret: false,
  },
  {
    name: 'ssh_host',
    description: 'The SSH server, from which the database is reached at its host and port',
    required: false,
    secret: false,
  },
  { name: 'ssh_port', description: 'The port of the SSH server', required: false, default: 22, secret: false },
  { name: 'ssh_username', description: 'The user on the SSH server', required: false, secret: false },
  { name: 'ssh_password', description: "That user's password, where there is no key", required: false, secret: true },
  {
    name: 'ssh_pkey',
    description: "That user's private key without a passphrase, or a file with it",
    required: false,
    secret: true,
  },
] as const satisfies readonly ConfigKey[];

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
