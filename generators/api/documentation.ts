import { columnList } from '../common/documentation.ts';
import type { KindDocumentation } from '../common/kind.ts';
import { markdownCode } from '../common/markdown.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';

/** What the README says of an API connector beyond its configuration. */
export function apiDocumentation(model: ApiModel): KindDocumentation {
  return {
    streams: { header: ['Stream', 'Path', 'Key', 'Replication'], rows: model.streams.map(streamRow) },
    notes: [authNote(model), paginationNote(model), ...incrementalNotes(model)].filter(note => note !== ''),
  };
}

function streamRow({ name, path, keyProperties, replicationMethod, replicationKey }: ApiStreamModel): string[] {
  const replication =
    replicationKey === undefined ? replicationMethod : `${replicationMethod} by ${markdownCode(replicationKey)}`;
  return [markdownCode(name), markdownCode(`/${path}`), columnList(keyProperties), replication];
}

function authNote({ auth, baseUrl }: ApiModel): string {
  const from = `The connector reads from ${markdownCode(baseUrl)}`;
  if (auth.type === 'none') return `${from} without authentication.`;
  if (auth.type === 'bearer') return `${from} and sends \`access_token\` as a bearer token.`;
  const place = { header: 'header', query: 'request parameter', cookie: 'cookie' }[auth.in];
  return `${from} and sends \`api_key\` in the ${place} ${markdownCode(auth.name)}.`;
}

function paginationNote({ pagination }: ApiModel): string {
  const notes = {
    none: '',
    page: 'It asks for page after page until one is empty.',
    cursor: 'It follows the cursor of each response until there is none.',
  };
  const errors =
    'Lost connections, time-outs, status 429 and server errors are tried again, waiting as long as `Retry-After` asks; other errors end the run.';
  return [notes[pagination.type], errors].filter(Boolean).join(' ');
}

function incrementalNotes({ uses }: ApiModel): string[] {
  if (!uses.incremental) return [];
  return [
    [
      'Incremental streams begin at `start_date`, then at the bookmark of the run before. Records with the very moment of the bookmark are read again and replace themselves at the destination, so none is missed.',
      uses.clientFilter ? 'Where the API has no filter, everything is read and the connector drops what is older.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  ];
}
