import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const PASSED_IN = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is passed in.' },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The clock is passed in.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Randomness is passed in.',
  },
];
/** Days are civil dates and instants are UTC: what a machine's own zone makes of them is nobody's business. */
const LOCAL_TIME = [
  {
    selector:
      'CallExpression[callee.property.name=/^((get|set)(Date|Day|Hours|Minutes|Month|FullYear|Year)|getTimezoneOffset|to(Date|Time|LocaleDate|LocaleTime)String)$/]',
    message: 'This tells the time of the machine: use epoch days, the UTC twin, or a format with its timeZone.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length>1]",
    message: 'This is a moment of the zone of the machine: use epoch days, or Date.UTC().',
  },
];
const BARE_CONNECTION = {
  selector: "CallExpression[callee.property.name='execute'][callee.object.callee.property.name='getConnection']",
  message: 'A bare connection carries no session context: use the unit of work or read().',
};
const FORK = {
  selector: "CallExpression[callee.property.name='fork']",
  message: 'A fork carries no session context: use the unit of work or read().',
};

export default tseslint.config(
  {
    ignores: [
      '**/*.cjs',
      '**/dist/**',
      '**/node_modules/**',
      '.data/**',
      'coverage/**',
      'bench/peers/**',
      'client-sdk/reference/**',
      // AssemblyScript, and what compiles it: no part of this project's types.
      'engine/kernel/assembly/**',
      'engine/kernel/build.mjs',
      'console/outlines/build.mjs',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // entities and GraphQL types are classes without methods by design of the two libraries
      '@typescript-eslint/no-extraneous-class': 'off',
      // A name that starts with _ is there for the decorator on it, not for the body.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A name of our own for what is generated.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['platform/**', 'demo/**', 'commands/**', 'console/src/**'],
    rules: { 'no-restricted-syntax': ['error', ...LOCAL_TIME] },
  },
  {
    // The clock and ids are passed in; only platform/ may read the wall clock or draw randomness.
    files: ['engine/**', 'core/**', 'schema/**', 'server/**', 'workers/**', 'client-sdk/src/**'],
    rules: { 'no-restricted-syntax': ['error', ...PASSED_IN, ...LOCAL_TIME, BARE_CONNECTION] },
  },
  {
    // Requests reach the database under their viewer's session context: by the unit of work, by read(), and to sign in.
    files: ['core/**', 'schema/**', 'server/**'],
    ignores: [
      'core/access/unit-of-work.ts',
      'core/projection/reads.ts',
      'core/access/access.service.ts',
      'core/migrations/**',
    ],
    rules: {
      'no-restricted-syntax': ['error', ...PASSED_IN, ...LOCAL_TIME, BARE_CONNECTION, FORK],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ name: 'pg', message: 'A client of its own carries no session context.' }] },
      ],
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
