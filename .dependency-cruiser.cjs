/** Import directions of docs/architecture.md. scripts/check-imports.mjs runs this and fails when nothing was seen. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: {
    path: '^(src|workers|schedules)/',
    pathNot: `^src/(${[from, ...allowed].join('|')})/|^src/platforms/connector\\.ts$`,
  },
});
const noPackage = (name, path, packages) => ({
  name,
  severity: 'error',
  from: { path, pathNot: '^src/types/' },
  to: { path: `node_modules/(${packages})/` },
});
const stage = (name, extra = []) =>
  only(`a-stage-imports-no-other-stage (${name})`, name, [
    'core',
    'domain',
    'text',
    'cases',
    'platforms/connector',
    ...extra,
  ]);

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('core-imports-nothing', 'core', []),
    only('domain-is-the-bottom', 'domain', ['core']),
    only('text-is-pure', 'text', ['core', 'domain']),
    only('cases-are-pure', 'cases', ['core', 'domain']),
    only('classify-is-pure', 'classify', ['core', 'domain', 'text']),
    only('evaluate-is-pure', 'evaluate', ['core', 'domain', 'text', 'classify']),
    only('learning-knows-no-store', 'learn', ['core', 'domain', 'text', 'classify', 'children']),
    only('a-connector-knows-no-store-and-no-queue', 'platforms', ['core', 'domain', 'text']),
    only('store-knows-only-the-domain', 'store', ['core', 'domain', 'text', 'cases']),
    only('training-is-pure', 'training', ['core', 'domain']),
    only('exporting-is-pure', 'exporting', ['core', 'domain', 'text']),
    only('queues-know-only-the-domain', 'queues', ['core', 'domain']),
    only('simulators-know-no-store-and-no-queue', 'simulators', ['core', 'domain', 'text', 'api/contract']),
    only('servers-know-only-the-core', 'servers', ['core']),
    only('children-know-only-the-core', 'children', ['core']),
    only('the-contract-is-pure', 'api/contract', ['core', 'domain', 'cases']),
    {
      name: 'the-desk-talks-http-and-knows-the-contract-only',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|workers|schedules)/', pathNot: '^src/api/contract/' },
    },
    {
      name: 'nobody-imports-the-desk',
      severity: 'error',
      from: { path: '^(src|workers|schedules)/' },
      to: { path: '^web/' },
    },
    stage('ingest'),
    stage('draft'),
    stage('approve'),
    stage('publish'),
    stage('forward'),
    stage('analyze'),
    only('notify-knows-only-the-domain', 'notify', ['core', 'domain']),
    {
      name: 'platforms-do-not-know-one-another',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/' },
      // Meta's two platforms share one API: src/platforms/graph.
      to: { path: '^src/platforms/([^/]+)/', pathNot: '^src/platforms/($1|graph)/' },
    },
    {
      name: 'simulators-do-not-know-one-another',
      severity: 'error',
      from: { path: '^src/simulators/(x|instagram|facebook|whatsapp|website|portal)/' },
      to: {
        path: '^src/simulators/(x|instagram|facebook|whatsapp|website|portal)/',
        pathNot: '^src/simulators/$1/',
      },
    },
    noPackage(
      'only-store-services-and-servers-touch-mongodb',
      '^(?!src/store/|src/services|src/servers/)',
      'mongodb',
    ),
    noPackage('only-queues-and-schedules-touch-bullmq', '^(?!src/queues/|schedules/)', 'bullmq'),
    noPackage(
      'only-platforms-do-http',
      '^(?!src/platforms/|src/simulators/|src/cli/)',
      'axios|twitter-api-v2',
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
