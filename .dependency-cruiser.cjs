/** The rooms of src from the lowest to the highest: each imports only from itself and from those before it. */
const ROOMS = [
  'base',
  'options',
  'answers',
  'python',
  'schema',
  'changes',
  'mage',
  'connector',
  'records',
  'kinds',
  'streams',
  'refresh',
  'check',
  'verify',
  'from',
  'commands',
  'yeoman',
];

/** The readers of descriptions, which share nothing but what lies beside them. */
const READERS = 'address|airbyte|curl|graphql|har|openapi|postman|singer';

const folders = rooms => `^src/(${rooms.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    ...ROOMS.slice(0, -1).map((room, index) => ({
      name: `${room}-imports-downwards`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: folders(ROOMS.slice(index + 1)) },
    })),
    {
      name: 'every-room-has-its-place',
      comment: 'A new folder of src goes into the list of rooms above.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: folders(ROOMS) },
    },
    {
      name: 'doors-are-on-top',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(generators|bin|scripts|test)/' },
    },
    {
      name: 'doors-are-apart',
      severity: 'error',
      from: { path: '^(generators/[^/]+|bin)/' },
      to: { path: '^(generators|bin|scripts|test)/', pathNot: '^$1/' },
    },
    {
      name: 'kinds-are-apart',
      severity: 'error',
      from: { path: '^src/kinds/([^/]+)/' },
      to: { path: '^src/kinds/', pathNot: '^src/kinds/$1/' },
    },
    {
      name: 'readers-are-apart',
      severity: 'error',
      from: { path: `^src/from/(${READERS})/` },
      to: { path: `^src/from/(?:${READERS})/`, pathNot: '^src/from/$1/' },
    },
    {
      name: 'kinds-are-found-in-their-registry',
      severity: 'error',
      from: { path: '^(src|generators|bin)/', pathNot: '^src/kinds/' },
      to: { path: '^src/kinds/', pathNot: '^src/kinds/registry[.]ts$' },
    },
  ],
  options: {
    // Imports of types count as well.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
