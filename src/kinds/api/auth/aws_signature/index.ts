import * as v from 'valibot';
import type { Ask } from '../../../../answers/ask.ts';
import { fields, line } from '../../../../answers/fields.ts';
import type { RawAnswers } from '../../../../answers/raw-answers.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { formatText } from '../../../../python/literal.ts';
import { plainKey, secretKey } from '../keys.ts';
import { authScheme } from '../scheme.ts';
import { authText, filled } from '../texts.ts';

const definition = fields({
  type: v.literal('aws_signature'),
  service: line('What requests are signed for, such as execute-api or es'),
  region: v.optional(authText('The region that they are signed for (default: {aws_region})'), '{aws_region}'),
});

const OFFLINE = 'kinds/api/auth/aws_signature/offline.py';

/** Requests that are signed (AWS Signature Version 4). */
export const awsSignature = authScheme(definition, {
  question: { name: 'AWS Signature 4', ask: askService },
  keys: () => [
    plainKey('aws_access_key_id', 'The ID of the access key'),
    secretKey('aws_secret_access_key', 'Its secret'),
    {
      ...secretKey('aws_session_token', 'The token of a session, where the key is one of a session'),
      required: false,
    },
  ],
  texts: ({ region }) => [region],
  sentence: ({ service, region }) =>
    `signs its requests (AWS Signature 4) for the service ${markdownCode(service)} in the region ${markdownCode(region)}`,
  report: ({ service }, report) => {
    if (service === 's3') report('service', 'is signed in another way, and has files instead of records');
  },
  notes: () => [],
  packages: () => ['botocore'],
  secrets: () => ({
    headers: ['Authorization', 'X-Amz-Security-Token'],
    params: [],
    fields: [],
    tokenRequest: false,
  }),
  client: ({ service, region }) => [
    {
      module: 'kinds/api/auth/aws_signature/scheme.py',
      class: 'AwsSignature',
      methods: ['authenticate'],
      values: { AWS_SERVICE: service, AWS_REGION: formatText(region) },
    },
  ],
  offline: ({ service, region }, config) => ({
    tests: [{ module: OFFLINE, class: 'SignedRequests', names: ['sign_tokens'], values: {} }],
    api: [
      {
        module: OFFLINE,
        class: 'FakeSignatures',
        names: ['check_credentials'],
        values: { AWS_SERVICE: service, AWS_REGION: filled(region, config) },
      },
    ],
    grantsTokens: false,
    readsBody: false,
  }),
});

async function askService(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const service = await ask.text('aws_service', {
    message: 'Which service are requests signed for',
    help: 'such as execute-api; the region becomes a configuration key',
    default: (now.service as string | undefined) ?? 'execute-api',
  });
  return { ...now, service };
}
