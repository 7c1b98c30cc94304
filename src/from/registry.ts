import { address } from './address/index.ts';
import { airbyte } from './airbyte/index.ts';
import { curl } from './curl/index.ts';
import { graphql } from './graphql/index.ts';
import { har } from './har/index.ts';
import { openapi } from './openapi/index.ts';
import { postman } from './postman/index.ts';
import type { Reader } from './reader.ts';
import { singer } from './singer/index.ts';

/** All kinds of descriptions, those that are told most surely first: the first that recognises a source reads it. */
export const READERS: readonly Reader[] = [curl, har, openapi, postman, graphql, singer, airbyte, address];
