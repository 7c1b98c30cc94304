import { DATABASE, HOST, PASSWORD, port, schema } from '../config-keys.ts';
import { type Dialect, inDialect, SEVERAL_SCHEMAS, STANDARD_TEXT } from '../dialect.ts';

/** Microsoft SQL Server and Azure SQL. Mage has the driver; its own connection has no time limit, so the connector brings one. */
export const mssql: Dialect = {
  label: 'Microsoft SQL Server',
  config: [
    HOST,
    port(1433),
    DATABASE,
    schema('dbo'),
    { name: 'username', description: 'A user who may read them', required: false, secret: false },
    PASSWORD,
    {
      name: 'authentication',
      description: 'How the user is authenticated, such as ActiveDirectoryPassword; without it, by SQL Server itself',
      required: false,
      secret: false,
    },
    {
      name: 'driver',
      description: 'The ODBC driver',
      required: false,
      default: 'ODBC Driver 18 for SQL Server',
      secret: false,
    },
    {
      name: 'encrypt',
      description: 'How TLS is used: yes, strict, or optional where the server has none',
      required: false,
      default: 'yes',
      secret: false,
    },
    {
      name: 'trust_server_certificate',
      description: "yes to take the server's certificate unchecked, as one that it has signed itself",
      required: false,
      default: 'no',
      secret: false,
    },
  ],
  pythonPackages: [],
  source: inDialect('mssql', 'SqlServer'),
  tunnel: null,
  withDriver: null,
  sqlText: { ...STANDARD_TEXT, brackets: true },
  notes: [
    'Tables and views of the schemas are the streams. The ODBC driver has to be installed, as it is in the image of Mage.',
    'Numbers keep all their digits. Dates and times are in ISO 8601, `datetimeoffset` in UTC, to the microsecond. Binary columns and `rowversion` come in base64, geometries as well-known text, `json` as JSON, NaN and infinite numbers as null, and every other type as text.',
    SEVERAL_SCHEMAS,
  ],
};
