import { uniq } from 'lodash-es';
import type { Constant } from '../../../python/compose/subclass.ts';
import { dictOf } from '../../../python/compose/values.ts';
import type { ClientFeature } from '../auth/client.ts';
import type { ApiModel, ApiStreamModel } from '../model.ts';
import { type OfflineFeature, offlineFeature } from '../offline/features.ts';
import type { PythonFeature } from '../python-feature.ts';
import type { Reading } from './readings.ts';

type Read = Pick<ApiModel, 'reading' | 'streams'>;

/** The readings of streams that are not the connector's, each once. */
export function ownReadings({ reading: shared, streams }: Read): Reading[] {
  return uniq(streams.map(({ reading }) => reading)).filter(reading => reading !== shared);
}

/** What the client reads responses by, where streams have formats of their own: `shared` does it for all others. */
export function ownDecoders(model: Read, shared: readonly PythonFeature[]): ClientFeature[] {
  const own = ownReadings(model);
  const encodings = [[null, shared] as const, ...own.map(({ name, decoder }) => [name, decoder] as const)].flatMap(
    ([name, decoder]) => decoder.filter(isEncoding).map(({ values }) => [name, values.ENCODING ?? null] as const),
  );
  return [
    ...shared.filter(feature => !isEncoding(feature)).map(feature => ({ ...feature, rename: {} })),
    ...own.flatMap(({ name, decoder }) =>
      decoder
        .filter(feature => !isEncoding(feature))
        .map(feature =>
          renamed(feature, {
            decode: `decode_${name}`,
            decode_files: `decode_files_${name}`,
            FORMAT: `${name.toUpperCase()}_FORMAT`,
            ...constantsOf(feature, name),
          }),
        ),
    ),
    {
      module: 'kinds/api/python/own_formats.py',
      class: encodings.length > 0 ? 'OwnEncodings' : 'OwnFormats',
      values: {
        ACCEPTS: dictOf(own.map(({ name, accept }) => [name, accept])),
        ...(encodings.length > 0 && { ENCODINGS: dictOf(encodings) }),
      },
      rename: {},
    },
  ];
}

/** What streams call of the client, and what that calls by names which are put together at run time. */
export function decoderRoots(model: Pick<ApiModel, 'reading' | 'streams' | 'uses'>): string[] {
  const own = ownReadings(model);
  return [
    ...(own.length > 0 ? ['take_format'] : []),
    ...(model.uses.files ? ['saving', 'read_files'] : []),
    ...own.flatMap(({ name }) => [`decode_${name}`, `${name.toUpperCase()}_FORMAT`]),
    ...(own.length > 0 && model.uses.files ? ['decode_files', ...own.map(({ name }) => `decode_files_${name}`)] : []),
  ];
}

/** True for what reads text in an encoding that responses don't tell, whatever the text is written in. */
function isEncoding({ class: name }: PythonFeature): boolean {
  return name === 'EncodedText';
}

function constantsOf({ values }: PythonFeature, reading: string): Record<string, string> {
  return Object.fromEntries(Object.keys(values).map(name => [name, `${reading.toUpperCase()}_${name}`]));
}

function renamed<Feature extends PythonFeature>(feature: Feature, rename: Readonly<Record<string, string>>) {
  const values = Object.entries(feature.values).map(([name, value]) => [rename[name] ?? name, value] as const);
  return { ...feature, values: Object.fromEntries(values), rename };
}

/** The constants of a stream that has a format of its own. */
export function formatConstants(
  { reading }: ApiStreamModel,
  { reading: shared, uses }: Pick<ApiModel, 'reading' | 'uses'>,
): Constant[] {
  if (reading === shared) return [];
  const isOther = reading.format !== shared.format;
  return [
    { name: 'RESPONSE_FORMAT', value: reading.name, comment: '' },
    // Other formats have no such place for what a response says of itself.
    ...(uses.successWhen && isOther ? [{ name: 'SUCCESS_WHEN', value: {}, comment: '' }] : []),
  ];
}

/** What makes a fake API write its responses: in one format, or in that of each stream. */
export function fakeFormats(model: Read): OfflineFeature[] {
  const { reading: shared, streams } = model;
  const own = ownReadings(model);
  if (own.length === 0) return shared.fake.map(feature => ({ ...feature, rename: {} }));
  const encoder = ({ name, fake }: Reading) => (fake.length > 0 ? `encode_${name}` : 'encode_json');
  const others = streams.filter(({ reading }) => reading !== shared);
  return [
    offlineFeature('own_formats', 'FakeFormats', {
      values: {
        OWN_FORMATS: Object.fromEntries(others.map(({ name, reading }) => [name, encoder(reading)])),
        FORMAT: encoder(shared),
      },
    }),
    ...[shared, ...own].flatMap(reading =>
      reading.fake.map(feature =>
        renamed(feature, { encode_records: encoder(reading), ...constantsOf(feature, reading.name) }),
      ),
    ),
  ];
}

/** The methods that a fake API calls by such names. */
export function encoderRoots(model: Read): string[] {
  const own = ownReadings(model);
  const readings = own.length > 0 ? [model.reading, ...own] : [];
  return uniq(readings.map(({ name, fake }) => (fake.length > 0 ? `encode_${name}` : 'encode_json')));
}
