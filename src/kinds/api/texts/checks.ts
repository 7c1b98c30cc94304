import { type Placeholder, placeholdersIn, textFault } from '../../../base/placeholders.ts';
import { formatFault } from '../../../base/text-formats.ts';
import { changes, isMoment } from '../../../base/text-names.ts';
import type { StreamReport } from '../../../connector/kind.ts';
import type { StreamModel } from '../../../connector/model.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';
import { hasName, isKept, type StreamText, streamTexts } from './stream-texts.ts';

/** Checks what stands in braces in a stream's texts, as far as the stream alone tells. */
export function reportTexts(answer: ApiStreamAnswers, stream: StreamModel, report: StreamReport): void {
  for (const each of streamTexts(answer)) {
    // What others check is told once.
    const isChecked = each.place === 'path' || each.key.startsWith('headers.');
    const fault = isChecked ? undefined : textFault(each.text);
    if (fault) report(each.key, fault);
    for (const found of placeholdersIn([each.text])) reportPlaceholder(found, each, answer, report);
  }
  reportBookmark(answer, stream, report);
}

function reportPlaceholder(
  { name, format }: Placeholder,
  text: StreamText,
  { bookmark_format }: ApiStreamAnswers,
  report: StreamReport,
): void {
  const { key, place } = text;
  const fault = format === '' || !isMoment(name) ? undefined : formatFault(format);
  if (fault) report(key, fault);
  if (place === 'name' && changes(name))
    report(key, `has {${name}} in a name`, 'names have configuration keys and fields of parents');
  if (place === 'path' && name === 'cursor')
    report(key, 'has {cursor}, and a first request has none', 'put it into params, which leave it out then');
  if (bookmark_format !== 'integer' || !isMoment(name)) return;
  if (name === 'since' && isKept(text))
    report(
      key,
      'has {since}, and a counter has no value in a first run',
      `put it into ${place === 'param' ? 'a parameter of its own' : 'params'}, which leave it out then`,
    );
  if (name === 'since' && format !== '') report(key, 'has a format for {since}, which is a counter');
  if (name === 'until') report(key, 'has {until}, and a counter has no end');
}

function reportBookmark(answer: ApiStreamAnswers, stream: StreamModel, report: StreamReport): void {
  const { bookmark_param, bookmark_end_param } = answer;
  const key = (name: string) =>
    streamTexts(answer).find(({ text }) => placeholdersIn([text]).some(each => each.name === name))?.key ?? '';
  const [since, until] = [hasName(answer, 'since'), hasName(answer, 'until')];
  if (stream.replicationMethod !== 'INCREMENTAL') {
    for (const name of ['since', 'until'])
      if (hasName(answer, name))
        report(
          key(name),
          `has {${name}}, which has no value without a replication_key`,
          'answer replication_key, the column that tells when a record changed, or leave it out',
        );
    return;
  }
  if (until && !since) report(key('until'), 'has {until}, which has no use without {since}');
  if (since && bookmark_param !== undefined) report('bookmark_param', `has no use beside {since} in ${key('since')}`);
  if (since && bookmark_end_param !== undefined)
    report('bookmark_end_param', 'has no use beside {since}', 'put {until} where the end stands');
}
