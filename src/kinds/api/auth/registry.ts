import { apiKey } from './api_key/index.ts';
import { awsSignature } from './aws_signature/index.ts';
import { basic } from './basic/index.ts';
import { bearer } from './bearer/index.ts';
import { custom } from './custom/index.ts';
import { digest } from './digest/index.ts';
import { jwt } from './jwt/index.ts';
import { oauth2ClientCredentials } from './oauth2_client_credentials/index.ts';
import { oauth2RefreshToken } from './oauth2_refresh_token/index.ts';
import type { AuthScheme } from './scheme.ts';
import { sessionToken } from './session_token/index.ts';

/** Every authentication scheme, in the order in which they are asked for. */
export const SCHEMES: readonly AuthScheme[] = [
  bearer,
  apiKey,
  basic,
  digest,
  oauth2ClientCredentials,
  oauth2RefreshToken,
  sessionToken,
  custom,
  awsSignature,
  jwt,
];
