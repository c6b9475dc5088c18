/** Who may import whom; the reasons are in docs/architecture.md. `tests/boundaries` proves that a violation is caught. */
const folders = [
  'engine',
  'platform',
  'core',
  'schema',
  'server',
  'workers',
  'client-sdk',
  'console',
  'demo',
  'commands',
  'tests',
  'bench',
  'faults',
];
const entry = '^(main|start-report)\\.ts$';

/** `folder` may import from `allowed` and itself, and from no other folder of ours. */
function only(folder, allowed, comment) {
  const forbidden = folders.filter((name) => name !== folder && !allowed.includes(name));
  return {
    name: `${folder}-imports-only-${allowed.join('-and-') || 'itself'}`,
    comment,
    severity: 'error',
    from: { path: `(^|/)${folder}/`, pathNot: '^tests/(?!boundaries/)' },
    to: {
      path: [...forbidden.map((name) => `(^|/)${name}/`), entry],
      pathNot: 'node_modules|^tests/boundaries/.*' + `/${folder}/`,
    },
  };
}

module.exports = {
  forbidden: [
    only('engine', [], 'the heart is pure'),
    only('platform', [], 'what every process needs knows no domain'),
    only('core', ['engine', 'platform'], 'rules know no transport'),
    only('schema', ['core', 'engine', 'platform'], 'the contract reaches data through services and reads'),
    only('server', ['schema', 'core', 'platform', 'engine'], 'the request process'),
    only('workers', ['core', 'engine', 'platform'], 'the background process knows no GraphQL'),
    only('client-sdk', [], 'whoever builds on a hub has nothing of it but its contract'),
    only('console', ['client-sdk'], 'a page talks to the hub through the client alone'),
    only('demo', ['core', 'platform', 'engine'], 'a scenario told through services'),
    {
      name: 'engine-knows-no-package',
      comment: 'pure values and functions: no clock, no file, no library',
      severity: 'error',
      // What compiles the kernel runs by itself.
      from: { path: '^(tests/boundaries/)?engine/', pathNot: '^engine/kernel/build\\.mjs$' },
      to: { pathNot: '(^|/)engine/' },
    },
    {
      name: 'the-client-knows-no-package',
      comment:
        'whoever installs it installs nothing else, and it runs in browsers; its command line is another program',
      severity: 'error',
      from: { path: '^(tests/boundaries/)?client-sdk/src/', pathNot: '^client-sdk/src/cli/' },
      to: { pathNot: '(^|/)client-sdk/src/' },
    },
    {
      name: 'engine-through-its-index',
      comment: 'nothing else of the engine is public',
      severity: 'error',
      from: { pathNot: '(^|/)engine/|^tests/' },
      to: { path: '^engine/', pathNot: '^engine/index\\.ts$' },
    },
    {
      name: 'a-resolver-never-sees-an-entity-manager',
      comment: 'GraphQL reaches data through services and reads',
      severity: 'error',
      from: { path: '^(tests/boundaries/)?schema/' },
      to: { path: 'node_modules/(@mikro-orm|pg)/' },
    },
    {
      name: 'a-domain-is-entered-by-its-front-door',
      comment:
        'core/x may use another domain through its service, its entity, or a named value, never through its reads',
      severity: 'error',
      from: { path: '^core/([^/]+)/' },
      to: { path: '^core/[^/]+/.*\\.reads\\.ts$', pathNot: '^core/$1/' },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: '^(tests|faults)/' },
      to: { path: '^(tests|bench|faults)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node'],
    },
  },
};
