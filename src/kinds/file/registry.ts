import { registerSettings, settingsEntry } from '../../python/edit/settings-registry.ts';
import type { FileStreamModel } from './model.ts';

/** The entry of a stream in the dict STREAMS. */
export function streamEntry({
  name,
  path,
  recordsPath,
  textColumns,
  keyProperties,
  replicationKey,
}: FileStreamModel): string {
  return settingsEntry(name, {
    path,
    ...(recordsPath.length > 0 && { records_path: recordsPath }),
    key_properties: keyProperties,
    ...(replicationKey !== undefined && { replication_method: 'INCREMENTAL', replication_key: replicationKey }),
    ...(textColumns.length > 0 && { text_columns: textColumns }),
  });
}

/** Adds the streams that STREAMS lacks and keeps everything else. */
export function registerStreams(content: string, file: string, streams: readonly FileStreamModel[]): string {
  return registerSettings(content, file, new Map(streams.map(stream => [stream.name, streamEntry(stream)])));
}
