import { registerSettings, settingsEntry } from '../../python/edit/settings-registry.ts';
import type { FileStreamModel } from './model.ts';

/** What STREAMS says of a stream. */
export function streamSettings({
  path,
  settings,
  textColumns,
  keyProperties,
  replicationKey,
  valueFormat,
}: FileStreamModel) {
  return {
    path,
    ...settings,
    key_properties: keyProperties,
    ...(replicationKey !== undefined && { replication_method: 'INCREMENTAL', replication_key: replicationKey }),
    ...(valueFormat !== undefined && { value_format: valueFormat }),
    ...(textColumns.length > 0 && { text_columns: textColumns }),
  };
}

/** Adds the streams that STREAMS lacks and keeps everything else. */
export function registerStreams(content: string, file: string, streams: readonly FileStreamModel[]): string {
  const entries = streams.map(stream => [stream.name, settingsEntry(stream.name, streamSettings(stream))] as const);
  return registerSettings(content, file, new Map(entries));
}
