import { markdownCode } from '../../base/markdown.ts';
import { columnList, replicationText } from '../../connector/documentation.ts';
import type { KindDocumentation } from '../../connector/kind.ts';
import { authNotes } from './auth/documentation.ts';
import { ruleText } from './errors/rules.ts';
import type { ForEach } from './for-each/for-each.ts';
import type { Archive } from './formats/archive.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';

/** What the README says of an API connector beyond its configuration. */
export function apiDocumentation(model: ApiModel): KindDocumentation {
  return {
    streams: { header: ['Stream', 'Path', 'Key', 'Replication'], rows: model.streams.map(streamRow) },
    notes: [
      ...authNotes(model),
      paginationNote(model),
      ...fileNotes(model),
      ...incrementalNotes(model),
      ...parentNotes(model),
      ...listedNotes(model),
    ].filter(note => note !== ''),
  };
}

function streamRow(stream: ApiStreamModel): string[] {
  const { name, baseUrl = '', path, keyProperties, listed } = stream;
  const what = listed ? `one for each record of ${markdownCode(listed.list.name)}` : markdownCode(name);
  return [what, markdownCode(`${baseUrl}/${path}`), columnList(keyProperties), replicationText(stream)];
}

function paginationNote({ pagination, rateLimit, maxWait, streams, errors: shared }: ApiModel): string {
  const errors = [
    'Lost connections, time-outs, status 429 (or 403, where that tells of a rate limit) and server errors are tried again,',
    `waiting as long as \`Retry-After\` or a rate limit header asks, but no longer than ${maxWait} seconds (\`max_wait_seconds\` in the answers); other errors end the run.`,
  ].join(' ');
  const limit = rateLimit && `It sends at most ${rateLimit.calls} requests in ${rateLimit.seconds} seconds.`;
  const rules = [...shared, ...streams.flatMap(stream => stream.errors)].map(ruleText);
  const ruled = rules.length > 0 && `By rules of its own, ${[...new Set(rules)].join('; ')}.`;
  return [pagination.sentence, errors, ruled, limit].filter(Boolean).join(' ');
}

function fileNotes({ uses, streams }: ApiModel): string[] {
  if (!uses.files) return [];
  const sentences = streams.flatMap(({ name, archive }) => (archive ? [archiveNote(name, archive)] : []));
  const place = 'A file is on disk while it is read, in the temporary folder of Python (`TMPDIR`), and then gone.';
  return [[...sentences, place].join(' ')];
}

function archiveNote(stream: string, { type, files }: Archive): string {
  const kind = type === 'gzip' ? 'packed by gzip' : `in an archive of ${type}`;
  const which = files === '*' ? '' : `, of which the files like ${markdownCode(files)} are read`;
  return `Records of ${markdownCode(stream)} come ${kind}${which}.`;
}

function incrementalNotes({ uses }: ApiModel): string[] {
  if (!uses.incremental) return [];
  const sentences = [
    uses.moments
      ? 'Incremental streams begin at `start_date`, then at the bookmark of the run before.'
      : 'Incremental streams begin at the bookmark of the run before.',
    uses.moments && uses.counters && 'Where the bookmark is a counter, such as an id, `start_date` has no part in it.',
    `Records with ${uses.moments ? 'the very moment of the bookmark' : 'that very bookmark'} are read again and replace themselves at the destination, so none is missed.`,
    uses.serverFilter &&
      'The API is asked from a step before that, as some APIs leave out what is at the moment itself.',
    uses.clientFilter && 'Where the API has no filter, everything is read.',
    'What is older than the bookmark is dropped.',
    uses.moments &&
      'A moment is read by its known form, without an offset in UTC; a value of any other form ends the run and is named.',
    uses.keys &&
      'A key comes once in a run; where a newer version turns up after an older one was written, the bookmark stays before it, and the next run brings it.',
    uses.end && "Where the API takes an end, it gets the run's `_end_date`.",
    uses.windows &&
      'Where the API limits the time that it answers for, it is asked for one window after the other; they overlap by a step, and a record of the overlap comes once.',
    uses.checkpoints &&
      'The state moves on the way where that loses nothing: a run that was interrupted resumes there.',
  ];
  return [sentences.filter(Boolean).join(' ')];
}

function itemNote(stream: string, { items, config }: ForEach): string {
  const list =
    config === undefined ? `of ${items.map(item => markdownCode(String(item))).join(', ')}` : `item of \`${config}\``;
  return `It reads ${markdownCode(stream)} for each ${list}.`;
}

function listedNotes({ streams }: ApiModel): string[] {
  const lists = streams.flatMap(({ listed }) => listed ?? []);
  if (lists.length === 0) return [];
  const sentences = [
    ...lists.map(({ list, nameFields, prefix, columns }) => {
      const named = `named by ${nameFields.map(markdownCode).join(' and ')}${prefix && ` behind ${markdownCode(prefix)}`}`;
      const found = columns ? `, with the columns that it has in ${markdownCode(columns.field)}` : '';
      return `Each record of ${markdownCode(list.name)} is a stream, ${named}${found}.`;
    }),
    'They are looked for in discovery, and in runs of such streams.',
    'A name has small letters, digits and `_`, and 63 of them at most; where two would be the same, or that of another stream, each has eight more digits behind it, which stay as they are.',
    'A selected stream, or a selected column of one, that is gone or has another name now ends the run: choose the streams anew then.',
  ];
  return [sentences.join(' ')];
}

function parentNotes({ streams, uses }: ApiModel): string[] {
  if (!uses.parents) return [];
  const children = streams.filter(({ parents }) => parents.length > 0);
  const links = children.map(({ name, parents }) => {
    const above = [...new Set(parents.map(({ stream }) => markdownCode(stream)))].join(' and ');
    return `${markdownCode(name)} for each record of ${above}`;
  });
  const sentences = [
    links.length > 0 &&
      `It reads ${links.join('; ')}. Parents are read whole, once in a run, also where they are not selected.`,
    ...streams.flatMap(({ name, forEach }) => (forEach ? itemNote(name, forEach) : [])),
    uses.childBookmarks &&
      'Each parent has a bookmark of its own, in the state under `parents`, so that nothing of a new parent is missed.',
  ];
  return [sentences.filter(Boolean).join(' ')];
}
