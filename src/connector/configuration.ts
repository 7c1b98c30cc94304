import type { RawAnswers } from '../answers/raw-answers.ts';
import { aligned, cellText } from '../base/columns.ts';
import { mappingsIn } from '../base/mapping.ts';
import { placeholdersIn, textsIn } from '../base/placeholders.ts';
import type { AnyKind } from './kind.ts';
import type { ConfigKey } from './model.ts';

/** A configuration key, and which answer made it. */
export interface KeyOrigin {
  readonly key: ConfigKey;
  /** Such as `auth`, or `{region} in base_url`. */
  readonly answer: string;
}

/** Finds which answers made the configuration keys: one of their texts that names it, the answer `config`, or what the kind says. */
export function keyOrigins(kind: AnyKind, answers: RawAnswers, keys: readonly ConfigKey[]): KeyOrigin[] {
  const named = placesOf(answers);
  const own = mappingsIn(answers.config).map(({ name }) => name);
  return keys.map(key => {
    const answer = named.get(key.name) ?? (own.includes(key.name) ? 'config' : kind.keyAnswer(key.name, answers));
    return { key, answer };
  });
}

/** The answers with a text that has `{name}` in it, by the names: the first of each. */
function placesOf({ streams, ...connector }: RawAnswers): Map<string, string> {
  const places = new Map<string, string>();
  const note = (answers: RawAnswers, where: string) => {
    for (const [answer, value] of Object.entries(answers))
      for (const { name } of placeholdersIn(textsIn(value)))
        if (!places.has(name)) places.set(name, `{${name}} in ${answer}${where}`);
  };
  note(connector, '');
  for (const stream of mappingsIn(streams)) note(stream, ` of ${String(stream.name)}`);
  return places;
}

const MAX_CELL = 40;

/** The keys for people, a line for each: whether it has to be filled in, and which answer made it. */
export function configurationLines(origins: readonly KeyOrigin[], width: number | undefined): string[] {
  const rows = origins.map(({ key, answer }) => [key.name, stateOf(key), answer].map(text => cellText(text, MAX_CELL)));
  return aligned(rows, width);
}

function stateOf({ required, secret, default: standard }: ConfigKey): string {
  const filled = standard === undefined ? (required ? 'required' : 'optional') : `default ${String(standard)}`;
  return secret ? `${filled}, secret` : filled;
}
