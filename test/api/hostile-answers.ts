import { pathText } from '../../src/base/paths.ts';

export const BAD = `'"""\\ \${x} <%= 1 %> #{y} {{z}} é\u2028`;
/** The same without what stands for a configuration key. */
export const SENT = `'"\\\\ %s {} {0} {Z} <%= 1 %> é\u2028`;
/** What a header can have, and no brace. */
export const PLAIN = `'"\\\\ %s <%= 1 %> é`;
/** The most that the name of a header can have. */
const TOKEN = `A!#$%&'*+.^_\`|~-9`;
/** As the texts of requests have it: with braces that are doubled. */
export const DOUBLED = SENT.replaceAll(/[{}]/g, '$&$&');
const PATH = pathText([{ key: BAD }]);
const LONG = 'long '.repeat(60).trim();
const properties = { id: 'integer', [BAD]: 'string', updated_at: 'date-time' };

/** Every answer that takes free text, with what would break code that is put together carelessly. */
export const HOSTILE = {
  description: BAD,
  base_url: 'http://127.0.0.1:{port}',
  headers: { 'User-Agent': `a long name {z} ${'of a program '.repeat(5)}end`, 'X-Mode': `'"\\ {{z}} <%= 1 %>` },
  auth: {
    type: 'choice',
    schemes: {
      oauth: {
        type: 'oauth2_refresh_token',
        token_url: 'http://127.0.0.1:{port}/token?a=b%20c',
        scopes: [BAD],
        token_params: { [BAD]: BAD },
        rotating: true,
      },
      login: { type: 'session_token', login_path: `/${BAD}`, token_path: PATH, username_field: BAD, prefix: BAD },
      digest: { type: 'digest' },
      aws: { type: 'aws_signature', service: BAD, region: `${PLAIN}{zone}` },
      nested: {
        type: 'session_token',
        login_path: '/x',
        login_body: { [BAD]: [`${PLAIN}\u2028{key}`, { [BAD]: PLAIN }] },
        login_headers: { 'X-Key': `${PLAIN} {key}` },
        token_from_cookie: PLAIN,
        prefix: BAD,
        expires_path: PATH,
        expires_as: 'moment',
      },
      grant: {
        type: 'oauth2_client_credentials',
        token_url: 'http://127.0.0.1:{port}/token',
        grant_type: BAD,
        token_params: { [BAD]: BAD },
        token_headers: { 'X-Key': PLAIN },
        token_path: PATH,
        expires_path: PATH,
      },
      jwt: { type: 'jwt', claims: { [BAD]: BAD }, headers: { [BAD]: LONG } },
      key: { type: 'api_key', in: 'query', name: `'"\\{{z}}`, prefix: `'"\\{{z}} ` },
      none: { type: 'bearer' },
      pair: { type: 'basic', username: `${PLAIN}\u2028{key}`, password: PLAIN },
      token: { type: 'bearer', token: `${PLAIN}{key}` },
      custom: {
        type: 'custom',
        headers: { 'X-Key': `'"\\ {{key}} <%= 1 %> ${LONG}` },
        params: { [BAD]: `${PLAIN}\u2028{key}` },
      },
    },
  },
  pagination: { type: 'cursor', cursor_param: BAD, cursor_path: PATH, has_more_path: PATH, page_size_param: LONG },
  streams: [
    {
      name: 'items',
      path: '/items',
      params: { [BAD]: `${BAD}{port}` },
      records_path: `${PATH}.*.0`,
      records_in: 'map',
      map_key: BAD,
      record_filter: { [BAD]: BAD },
      from_response: { [BAD]: PATH },
      key_properties: [BAD],
      replication_key: 'updated_at',
      bookmark_param: BAD,
      bookmark_end_param: `${LONG} end`,
      bookmark_format: `%d${BAD.replace('\u2028', '')}`,
      text_columns: [BAD],
      schema: { properties },
    },
    {
      name: 'texts',
      path: '/texts/{since:%d`$-}',
      params: {
        [`${BAD}{port}`]: `${BAD}{since:%d '"\\<%%= 1 %%> %% \u2028}{page}`,
        [LONG]: `${LONG} {limit} ${LONG}`,
      },
      body: { [`${BAD}{port}`]: [`${BAD}{until}`, '{page}', { [LONG]: `${LONG} {since:'%%'%Hepoch}` }] },
      pagination: { type: 'page', page_size: 3 },
      replication_key: 'updated_at',
      schema: { properties },
    },
    {
      name: 'jobs',
      path: '/jobs/{item}',
      for_each: { items: [BAD, LONG] },
      pagination: {
        ...{
          type: 'job',
          job_path: PATH,
          status_url: '/of/{job}',
          status_path: PATH,
          done: [BAD],
          failed: [LONG, `${BAD}f`],
        },
        ...{ result_path: PATH, result_url: '/$/{result}', download_path: PATH },
      },
      archive: 'tar',
      archive_files: BAD,
      schema: { properties },
    },
    {
      name: 'forms',
      path: '/forms',
      base_url: 'https://{port}.test/$x',
      headers: { "X'`": `${PLAIN} {port} {now:%d'"%%}`, 'X-Long': LONG },
      body_as: 'form',
      body: { [BAD]: [BAD, `{port}${BAD}`], [LONG]: LONG },
      params: { [BAD]: [BAD, true, `${BAD}{port}`] },
      pagination: { type: 'none' },
      schema: { properties },
    },
    {
      name: 'posts',
      path: '/posts',
      graphql: `query { a(b: "{port}", c: "${BAD}") {id} }`,
      body: { [BAD]: [BAD, { [BAD]: '{port}' }], deep: LONG },
      variables: { [BAD]: [BAD, { [BAD]: '{port}' }] },
      pagination: { type: 'keyset', keyset_field: PATH, keyset_param: BAD },
      schema: { properties },
    },
  ],
};

/** As conditions write it. */
const WORD = JSON.stringify(BAD);
const all = { key_properties: ['id'], schema: { properties } };

/** The places of texts that don't go together with those above. */
export const MORE: readonly Readonly<Record<string, unknown>>[] = [
  {
    name: `Acme ${PLAIN}`,
    base_url: 'http://127.0.0.1:{port}',
    config: [
      { name: 'mode', description: BAD, default: BAD },
      { name: 'kind', description: LONG, values: { [BAD]: BAD } },
    ],
    auth: {
      type: 'choice',
      schemes: {
        header: { type: 'session_token', login_path: '/x', token_from_header: TOKEN },
        custom: { type: 'custom', body: { [BAD]: `${PLAIN}{key}` } },
        login: { type: 'session_token', login_path: '/x', password_field: BAD, token_path: PATH },
      },
    },
    success_when: { [PATH]: BAD },
    errors: [
      { path: PATH, equals: BAD, do: 'fail', message: BAD },
      { status: 400, contains: BAD, do: 'empty' },
    ],
    streams: [
      {
        ...all,
        name: 'pages',
        path: '/{mode}',
        method: 'POST',
        records_path: 'x',
        params: { [`${BAD}q`]: BAD, [LONG]: 'x', kind: '{kind}' },
        replication_key: BAD,
        value_format: `%d '"%%`,
        schema: { properties },
        pagination: {
          ...{ type: 'page', page_param: `${BAD}p`, page_size_param: `${BAD}s`, page_size: 10, total_pages_path: PATH },
        },
      },
      {
        ...all,
        name: 'offsets',
        path: '/offsets',
        method: 'POST',
        records_path: 'x',
        bookmark_param: `${BAD}b`,
        bookmark_end_param: BAD,
        replication_key: 'updated_at',
        pagination: { type: 'offset', offset_param: BAD, total_path: PATH },
      },
      {
        ...all,
        name: 'addresses',
        path: '/addresses',
        method: 'POST',
        records_path: 'x',
        keep_when: `name == ${WORD}`,
        drop_when: `name contains ${WORD} or ${PATH} in [${WORD}]`,
        deleted_when: `exists ${PATH} and name != ${WORD}`,
        deleted_column: `${BAD}d`,
        schema: { properties: { ...properties, [`${BAD}d`]: 'boolean' } },
        pagination: { type: 'next_url', next_url_path: PATH, last_page_when: { path: PATH, equals: BAD } },
      },
      {
        ...all,
        name: 'shapes',
        path: '/shapes',
        method: 'POST',
        records_path: 'x',
        remove: [`${PATH}.x`],
        flatten: [BAD],
        flatten_separator: `'"`,
        rename: { [`${BAD}o`]: `${BAD}n` },
        columns: { [`${BAD}c`]: PATH, fixed: { value: BAD } },
        schema: { properties: { ...properties, [`${BAD}c`]: 'string', [`${BAD}n`]: 'string', fixed: 'string' } },
        pagination: { type: 'next_url', next_url_path: PATH, last_page_when: { path: PATH, not: BAD } },
      },
      {
        ...{ ...all, name: 'rows', path: '/rows', method: 'POST', records_path: 'x', records_in: 'rows' },
        columns_path: PATH,
        pagination: { type: 'link_header', last_page_when: { link: BAD, equals: BAD } },
      },
      {
        ...{ ...all, name: 'named', path: '/named', method: 'POST', records_path: 'x', records_in: 'rows' },
        ...{ column_names: [BAD], schema: { properties: { [BAD]: 'string' } }, key_properties: [BAD] },
      },
      {
        ...{ ...all, name: 'values', path: '/values', method: 'POST', records_path: 'x', records_in: 'values' },
        ...{ value_column: BAD, schema: { properties: { [BAD]: 'string' } }, key_properties: [BAD] },
      },
      {
        ...{ ...all, name: 'children', path: '/children/{child}', method: 'POST' },
        parent: { stream: 'rows', field: BAD, as: 'child' },
        schema: { properties: { ...properties, child: 'string', deep: { type: 'string', [BAD]: BAD } } },
        pagination: { type: 'cursor', cursor_header: TOKEN, last_page_when: { header: TOKEN, empty: true } },
      },
      {
        ...{ ...all, name: 'links', path: '/links', method: 'POST' },
        pagination: { type: 'next_url', next_url_header: TOKEN, omitted_at_end: true },
      },
    ],
  },
  {
    streams: [
      {
        ...{ ...all, name: 'items', path: '/items', records_path: 'x' },
        ...{ replication_key: 'updated_at', bookmark_param: BAD },
        pagination: { type: 'cursor', cursor_path: PATH, first_page_params: [BAD] },
      },
    ],
  },
  {
    streams: [
      {
        ...{ ...all, name: 'items', path: '/items', records_path: 'x', convert: { [BAD]: 'from_epoch' } },
        schema: { properties: { ...properties, [BAD]: 'date-time' } },
        pagination: { type: 'cursor', cursor_link: BAD, omitted_at_end: true },
      },
    ],
  },
  {
    response_format: 'csv',
    csv_delimiter: "'",
    streams: [
      { ...all, name: 'items', path: '/items' },
      { ...all, name: 'others', path: '/others', csv_delimiter: '"' },
    ],
  },
];

/** Those of streams that are found when the connector runs. */
export const LISTED = {
  streams: [
    {
      ...all,
      name: 'lists',
      path: '/lists',
      schema: { properties: { ...properties, fields: ['object'], [`${BAD}f`]: ['object'], [`${BAD}n`]: 'string' } },
    },
    {
      ...{ ...all, name: 'found', path: '/found/{found}' },
      streams_from: {
        ...{ stream: 'lists', name: [BAD, `${BAD}n`], prefix: BAD, as: { found: BAD } },
        columns: { in: `${BAD}f`, name: `${BAD}a`, type: BAD, types: { [BAD]: 'integer' }, values_in: PATH },
      },
    },
    {
      ...{ ...all, name: 'others', path: '/others/{found}' },
      streams_from: { stream: 'lists', name: BAD, as: { found: 'id' }, columns: { in: 'fields' } },
    },
  ],
};

const stream = (more: object) => ({ streams: [{ name: 'items', path: '/items', ...all, ...more }] });
const paged = (pagination: object) => stream({ records_path: 'x', pagination });
const scheme = (auth: object) => ({ ...stream({}), auth });
const grant = { type: 'oauth2_client_credentials', token_url: 'https://a.test/token' };
const login = { type: 'session_token', login_path: '/x', token_path: 'a' };
const job = { type: 'job', job_path: 'a', status_path: 'b', done: ['c'] };
const parent = { stream: 'items', field: 'id', as: 'item' };

/** Places that don't take any text: each of these is refused. */
export const REFUSED: Readonly<Record<string, object>> = {
  uuid: { ...stream({}), uuid: BAD },
  base_url: { ...stream({}), base_url: BAD },
  documentation_url: { ...stream({}), documentation_url: BAD },
  encoding: { ...stream({}), encoding: BAD },
  'config[].name': { ...stream({}), config: [{ name: BAD }] },
  'headers.<key>': { ...stream({}), headers: { [BAD]: 'x' } },
  'auth.schemes.<key>': scheme({ type: 'choice', schemes: { [BAD]: { type: 'none' } } }),
  'auth.token_url': scheme({ ...grant, token_url: BAD }),
  'auth.token_headers.<key>': scheme({ ...grant, token_headers: { [BAD]: 'x' } }),
  'auth.login_headers.<key>': scheme({ ...login, login_headers: { [BAD]: 'x' } }),
  'pagination.cursor_header': paged({ type: 'cursor', cursor_header: BAD }),
  'pagination.next_url_header': paged({ type: 'next_url', next_url_header: BAD }),
  'pagination.last_page_when.header': paged({ type: 'page', last_page_when: { header: BAD, empty: true } }),
  'auth.token_from_header': scheme({ type: 'session_token', login_path: '/x', token_from_header: BAD }),
  'auth.name': scheme({ ...grant, name: BAD }),
  'auth.name of a key': scheme({ type: 'api_key', in: 'header', name: 'X Key' }),
  'auth.name of a cookie': scheme({ type: 'api_key', in: 'cookie', name: 'a;b' }),
  'pagination.page_size': paged({ type: 'page', page_size_param: 'x', page_size: BAD }),
  'pagination.status_url': paged({ ...job, status_url: BAD }),
  'pagination.result_url': paged({ ...job, result_url: BAD }),
  'streams[].name': stream({ name: BAD }),
  'streams[].path': stream({ path: `/x${BAD}` }),
  'streams[].base_url': stream({ base_url: BAD }),
  'streams[].encoding': stream({ encoding: BAD }),
  'streams[].window_days': stream({ window_days: BAD }),
  'streams[].lookback_seconds': stream({ lookback_seconds: BAD }),
  'streams[].schema.sample': stream({ schema: { sample: BAD } }),
  'streams[].schema.file': stream({ schema: { file: BAD } }),
  'streams[].schema.properties.*[]': stream({ schema: { properties: { id: ['string', BAD] } } }),
  'streams[].schema.properties.*.*': stream({ schema: { properties: { id: { type: BAD } } } }),
  'streams[].parent.stream': stream({ parent: { ...parent, stream: BAD } }),
  'streams[].parent.as': stream({ parent: { ...parent, as: BAD } }),
  'streams[].parents[].stream': stream({ parents: [{ ...parent, stream: BAD }] }),
  'streams[].parents[].field': stream({ parents: [{ ...parent, field: BAD }] }),
  'streams[].parents[].as': stream({ parents: [{ ...parent, as: BAD }] }),
  'streams[].streams_from.stream': stream({ streams_from: { stream: BAD, as: { item: 'id' } } }),
  'streams[].streams_from.as.<key>': stream({ streams_from: { stream: 'lists', as: { [BAD]: 'id' } } }),
  'streams[].for_each.config': stream({ for_each: { config: BAD } }),
  'streams[].for_each.as': stream({ for_each: { items: ['a'], as: BAD } }),
};
