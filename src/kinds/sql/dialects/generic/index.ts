import { type Dialect, inDialect, STANDARD_TEXT } from '../dialect.ts';
import { driverParts } from './driver-parts.ts';

/** Any database with a driver of Python's DB-API. */
export const generic: Dialect = {
  label: 'Another one, by any DB-API driver of Python',
  config: [],
  pythonPackages: [],
  source: inDialect('generic', 'AnyDatabase'),
  tunnel: null,
  withDriver: driverParts,
  sqlText: STANDARD_TEXT,
  notes: [
    'The tables and views that the catalogue tells of are the streams.',
    'Numbers keep all their digits where the driver gives decimals for them. Dates and times are in ISO 8601, those with a time zone in UTC. JSON comes as it is, binary columns in base64, NaN and infinite numbers as null, and what the driver has types of its own for as text.',
  ],
};
