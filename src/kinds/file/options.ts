import {
  keyOption,
  pathOption,
  recordsPathOption,
  replicationKeyOption,
  type StreamOptions,
  sampleOption,
} from '../../options/stream-options.ts';

/** The options that give the answers of one stream of files. */
export const fileStreamOptions: StreamOptions = {
  path: pathOption,
  'records-path': recordsPathOption,
  key: keyOption,
  'replication-key': replicationKeyOption,
  sample: sampleOption,
};
