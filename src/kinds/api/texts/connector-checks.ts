import type { ConfigTypes } from '../../../answers/typed-config-key.ts';
import type { AnswerPath } from '../../../answers/validate.ts';
import { type Placeholder, placeholdersIn } from '../../../base/placeholders.ts';
import { formatFault } from '../../../base/text-formats.ts';
import { changes, isMoment, isOwnName, meantBy } from '../../../base/text-names.ts';
import type { Report } from '../../../connector/kind.ts';
import type { ApiAnswers } from '../answers.ts';
import { configTypes, reportBeginning } from '../config-keys.ts';
import { parentNames } from '../parents.ts';
import { streamTexts } from './stream-texts.ts';

/** Checks what stands in braces, as far as the whole connector tells. */
export function reportConnectorTexts(answers: ApiAnswers, report: Report): void {
  const { base_url, headers, streams, config = [] } = answers;
  const declared = config.map(({ name }) => name);
  const types = configTypes(answers);
  reportShared(base_url, ['base_url'], declared, types, report);
  reportBeginning(base_url, answers, (...rest) => report(['base_url'], ...rest));
  for (const [name, text] of Object.entries(headers ?? {}))
    reportShared(text, ['headers', name], declared, types, report);
  streams.forEach((stream, index) => {
    const own = parentNames(stream);
    reportBeginning(stream.base_url ?? '', answers, (...rest) => report(['streams', index, 'base_url'], ...rest));
    for (const { text, key } of streamTexts(stream))
      for (const found of placeholdersIn([text])) {
        const path = ['streams', index, ...key.split(/\.(.*)/s).filter(Boolean)];
        reportName(found.name, path, [...declared, ...own], report);
        if (!isMoment(found.name)) reportKeyFormat(found, path, own.includes(found.name) ? {} : types, report);
      }
  });
}

/** Checks a text of all streams. */
function reportShared(
  text: string,
  path: AnswerPath,
  declared: readonly string[],
  types: ConfigTypes,
  report: Report,
): void {
  for (const found of placeholdersIn([text])) {
    const { name, format } = found;
    const fault = isMoment(name) && format !== '' ? formatFault(format) : undefined;
    if (changes(name)) report(path, `has {${name}}, which has a value in the texts of a stream alone`);
    else if (fault) report(path, fault);
    else {
      if (!isMoment(name)) reportKeyFormat(found, path, types, report);
      reportName(name, path, declared, report);
    }
  }
}

/** Checks the format of a configuration key or a field of a parent: a date alone has one. */
function reportKeyFormat({ name, format }: Placeholder, path: AnswerPath, types: ConfigTypes, report: Report): void {
  if (format === '') return;
  const isDate = types[name] === 'date';
  const fault = isDate ? formatFault(format) : `has a format for {${name}}`;
  if (fault) report(path, fault, isDate ? undefined : 'moments have formats, and configuration keys of the type date');
}

/** Refuses a configuration key or a field of a parent that is called as something else is, and what only looks like one. */
function reportName(name: string, path: AnswerPath, declared: readonly string[], report: Report): void {
  if (isOwnName(name) && declared.includes(name))
    report(path, `has {${name}}, which has a meaning of its own`, `call the key or the field of a parent otherwise`);
  const meant = meantBy(name);
  if (meant !== undefined && !declared.includes(name))
    report(path, `has {${name}}: did you mean {${meant}}?`, `a key of the configuration stands in config`);
}
