import { valueOption } from '../../options/definitions.ts';
import { keyOption, replicationKeyOption, type StreamOptions } from '../../options/stream-options.ts';

/** The options that give the answers of one saved query. */
export const sqlStreamOptions: StreamOptions = {
  'query-file': {
    ...valueOption('FILE', 'The query of a stream of an SQL connector'),
    answers: (query_file: string) => ({ query_file }),
    onlyOurs: 'it is for an SQL connector of this generator',
  },
  key: keyOption,
  'replication-key': replicationKeyOption,
};
