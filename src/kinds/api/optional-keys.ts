import { placeholdersIn } from '../../base/placeholders.ts';
import type { Report } from '../../connector/kind.ts';
import type { ConfigKey } from '../../connector/model.ts';
import type { ApiAnswers } from './answers.ts';
import type { AuthModel } from './auth/auth.ts';
import { streamTexts } from './texts/stream-texts.ts';

/** The keys that may have no value: what has `{key}` of them is left out of a request. */
export function optionalKeys(config: readonly ConfigKey[]): string[] {
  return config.filter(key => !key.required && (key.default ?? '') === '').map(({ name }) => name);
}

/** Refuses such keys in what a request can't be without: addresses, and what authenticates it. */
export function reportOptionalKeys(
  { base_url, streams }: ApiAnswers,
  { all, choice }: AuthModel,
  config: readonly ConfigKey[],
  report: Report,
): void {
  // Of several schemes, what the one that is chosen needs is checked in a run.
  const ofSchemes = all.flatMap(({ keys }) => keys.filter(key => choice || !key.derived).map(({ name }) => name));
  const optional = optionalKeys(config).filter(name => !ofSchemes.includes(name));
  const check = (text: string, ...path: (string | number)[]) => {
    for (const name of optional.filter(each => placeholdersIn([text]).some(found => found.name === each)))
      report(
        path,
        `has {${name}}, which has no value where none is configured`,
        'give the key a default other than empty text, or none: then it is required',
      );
  };
  check(base_url, 'base_url');
  streams.forEach((stream, index) => {
    for (const { text, key, place } of streamTexts(stream))
      if (place === 'path' || place === 'name') check(text, 'streams', index, ...key.split(/\.(.*)/s).filter(Boolean));
  });
  for (const text of all.flatMap(({ texts }) => texts)) check(text, 'auth');
}
