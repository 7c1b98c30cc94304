import * as v from 'valibot';
import { fields, oneOf } from '../../../answers/fields.ts';
import { CONFIG_KEY } from '../../../base/names.ts';
import { SCHEMES } from './registry.ts';
import type { SchemeDefinition } from './scheme.ts';

/** A validated answer. What else it has, its scheme alone knows: the registry decides which schemes there are. */
export interface AuthAnswer {
  readonly type: string;
}

const definitions = SCHEMES.map(({ definition }) => definition) as [SchemeDefinition, ...SchemeDefinition[]];
const scheme = oneOf('type', definitions) as v.GenericSchema<unknown, AuthAnswer>;

const schemes = v.pipe(
  v.record(
    v.pipe(
      v.string(),
      v.regex(CONFIG_KEY, 'must be lower-case letters, digits and _, beginning with a letter, 63 at most'),
    ),
    scheme,
    'must be a mapping of names to schemes',
  ),
  v.check(value => Object.keys(value).length > 1, 'must have two schemes or more'),
  v.description('The schemes by name; auth_type in the configuration says which, the first if it is empty'),
);

const none = fields({ type: v.literal('none') });
const single = oneOf('type', [none, ...definitions]) as v.GenericSchema<unknown, AuthAnswer>;
const choice = fields({ type: v.literal('choice'), schemes });

/** How requests are authenticated: one scheme, or several of which the configuration names one. */
export const auth = v.pipe(
  oneOf('type', [none, ...definitions, choice]) as v.GenericSchema<unknown, AuthAnswer>,
  v.description('How requests are authenticated; the secrets become configuration keys'),
);

/** How the requests of one stream are authenticated, where they aren't as the connector's. */
export const streamAuth = v.pipe(
  single,
  v.description("Its own authentication, where it isn't the connector's; type: none where it needs none"),
);

/** The schemes that `choice` is made of, by name; undefined for any other answer. */
export function chosenFrom(answer: AuthAnswer): Readonly<Record<string, AuthAnswer>> | undefined {
  return answer.type === 'choice' ? (answer as v.InferOutput<typeof choice>).schemes : undefined;
}
