/** dependency-cruiser's rules: the arrows of docs/architecture.md, as code. */
const rooms = [
  'audit',
  'jobs',
  'notifications',
  'tenancy',
  'access',
  'securing',
  'frameworks',
  'achievements',
  'evidence',
  'submissions',
  'calibration',
  'review',
  'status',
  'verification',
  'pathways',
  'issuing',
  'interop',
  'sharing',
  'planning',
  'coaching',
  'communities',
  'impact',
];
const everywhere = ['kernel'];
const services = ['audit', 'jobs', 'notifications'];
/** Who may import whom, beside the kernel and the three rooms that every room with rules may import. */
const arrows = {
  audit: [],
  jobs: [],
  notifications: [],
  tenancy: [],
  access: ['tenancy'],
  securing: ['audit'],
  frameworks: ['tenancy'],
  achievements: ['frameworks', 'tenancy'],
  evidence: ['tenancy'],
  submissions: ['evidence', 'achievements', 'tenancy'],
  calibration: ['submissions', 'evidence', 'achievements', 'tenancy'],
  review: ['calibration', 'submissions', 'evidence', 'achievements', 'tenancy'],
  status: ['securing'],
  verification: ['securing', 'status'],
  pathways: ['achievements', 'frameworks', 'verification', 'tenancy'],
  issuing: [
    'review',
    'submissions',
    'evidence',
    'calibration',
    'achievements',
    'pathways',
    'status',
    'securing',
    'verification',
    'tenancy',
  ],
  interop: ['status', 'securing', 'verification'],
  sharing: ['issuing', 'pathways', 'verification'],
  planning: rooms.filter((room) => !['coaching', 'communities', 'impact'].includes(room)),
  coaching: rooms.filter((room) => !['planning', 'communities', 'impact'].includes(room)),
  communities: rooms.filter((room) => !['planning', 'coaching', 'impact'].includes(room)),
  impact: rooms.filter((room) => !['planning', 'coaching', 'communities'].includes(room)),
};
const noServices = ['audit', 'jobs', 'notifications', 'securing', 'verification'];

const arrowRules = Object.entries(arrows).map(([room, targets]) => {
  const allowed = [room, ...everywhere, ...targets, ...(noServices.includes(room) ? [] : services)];
  return {
    name: `arrows-of-${room}`,
    comment: `${room} may import only: ${allowed.join(', ')}`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
  };
});

const only = (name, library, path) => ({
  name: `${name}-only-there`,
  comment: `${library} may be imported only from ${path}`,
  severity: 'error',
  from: { path: '^src/', pathNot: path },
  to: { path: `node_modules/(@types/)?(${library})(/|$)` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'no cycles',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'by-the-door',
      severity: 'error',
      comment: 'enter a room by its index.ts',
      from: { path: '^src/([^/]+)/' },
      to: { path: `^src/(kernel|${rooms.join('|')})/(?!index\\.ts$)`, pathNot: '^src/$1/' },
    },
    {
      name: 'by-the-door-from-the-top',
      severity: 'error',
      comment: 'enter a room by its index.ts',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: `^src/(kernel|${rooms.join('|')})/(?!index\\.ts$)` },
    },
    {
      name: 'kernel-imports-no-room',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^src/', pathNot: '^src/kernel/' },
    },
    ...arrowRules,
    {
      name: 'web-never-adapters',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/(adapters|demo)/|^src/(main|cli|worker|compose|demo)\\.ts' },
    },
    {
      name: 'adapters-never-web-never-each-other',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: {
        path: '^src/(adapters|web|demo)/|^src/(main|cli|worker|compose)\\.ts',
        pathNot: '^src/adapters/$1/',
      },
    },
    {
      name: 'demo-imports-no-room',
      severity: 'error',
      from: { path: '^src/demo/' },
      to: { path: '^src/', pathNot: '^src/demo/' },
    },
    {
      name: 'only-the-top-composes',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/(compose|main|cli)\\.ts' },
    },
    only('crypto-libraries', '@digitalbazaar/[^/]+|jsonld|jose', '^src/securing/'),
    only('express', 'express', '^src/web/'),
    only('mongoose', 'mongoose', '^src/adapters/mongo/'),
    only('sqlite', 'better-sqlite3', '^src/adapters/sqlite/'),
    only(
      'media-libraries',
      'qrcode|pdfkit|fontkit|linebreak|bidi-js|@resvg/resvg-js|@expo-google-fonts/[^/]+',
      '^src/sharing/',
    ),
    only('oidc', 'openid-client', '^src/access/'),
    only('outbound', 'undici|node-fetch|axios|got|ky|superagent|request|ws', '^src/adapters/outbound-http/'),
    {
      name: 'network-only-there',
      comment: 'connections to other hosts are made only by adapters/outbound-http',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/outbound-http/' },
      to: { path: '^(node:)?(https|http2|net|tls|dns|dgram)(/|$)', dependencyTypes: ['core'] },
    },
    {
      name: 'http-only-at-the-top',
      comment: 'node:http is for listening, in main and demo; eslint allows them nothing else of it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/((main|demo)\\.ts$|adapters/outbound-http/)' },
      to: { path: '^(node:)?http(/|$)', dependencyTypes: ['core'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-test-code', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
