import type { AnswerPath } from '../../../answers/validate.ts';
import { placeholdersIn } from '../../../base/placeholders.ts';
import { formatFault } from '../../../base/text-formats.ts';
import { changes, isMoment, isOwnName, meantBy } from '../../../base/text-names.ts';
import type { Report } from '../../../connector/kind.ts';
import type { ApiAnswers } from '../answers.ts';
import { parentNames } from '../parents.ts';
import { hasName, streamTexts } from './stream-texts.ts';

/** Checks what stands in braces, as far as the whole connector tells. */
export function reportConnectorTexts(answers: ApiAnswers, report: Report): void {
  const { base_url, headers, streams, config = [] } = answers;
  const declared = config.map(({ name }) => name);
  reportShared(base_url, ['base_url'], declared, report);
  for (const [name, text] of Object.entries(headers ?? {})) reportShared(text, ['headers', name], declared, report);
  streams.forEach((stream, index) => {
    const own = parentNames(stream);
    for (const { text, key } of streamTexts(stream))
      for (const { name } of placeholdersIn([text]))
        reportName(name, ['streams', index, ...key.split(/\.(.*)/s).filter(Boolean)], [...declared, ...own], report);
    const isParent = streams.some(other =>
      [other.parent, other.parents].flat().some(each => each?.stream === stream.name),
    );
    if (isParent && stream.window_days === undefined && hasName(stream, 'since', ['path', 'body']))
      report(
        ['streams', index],
        `${stream.name} is a parent, which is read whole: its path or body must not have {since}`,
        'put it into params, which leave it out then',
      );
  });
}

/** Checks a text of all streams. */
function reportShared(text: string, path: AnswerPath, declared: readonly string[], report: Report): void {
  for (const { name, format } of placeholdersIn([text])) {
    const fault = isMoment(name) && format !== '' ? formatFault(format) : undefined;
    if (changes(name)) report(path, `has {${name}}, which has a value in the texts of a stream alone`);
    else if (fault) report(path, fault);
    else if (format !== '' && !isMoment(name)) report(path, `has a format for {${name}}`, 'only moments have formats');
    else reportName(name, path, declared, report);
  }
}

/** Refuses a configuration key or a field of a parent that is called as something else is, and what only looks like one. */
function reportName(name: string, path: AnswerPath, declared: readonly string[], report: Report): void {
  if (isOwnName(name) && declared.includes(name))
    report(path, `has {${name}}, which has a meaning of its own`, `call the key or the field of a parent otherwise`);
  const meant = meantBy(name);
  if (meant !== undefined && !declared.includes(name))
    report(path, `has {${name}}: did you mean {${meant}}?`, `a key of the configuration stands in config`);
}
