// House rules that a tool can keep. A rule that is turned off says why, here and nowhere else.
import { resolve } from 'node:path';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const root = resolve(import.meta.dirname, '..');
const specs = ['**/*.spec.ts', '**/*.db-spec.ts', '**/*.e2e-spec.ts', '**/*.sim-spec.ts', '**/*.contract.ts'];
const pureLayers = ['src/*/domain/**/*.ts', 'src/*/application/**/*.ts', 'src/kernel/**/*.ts'];
const readsEnvironment = ['src/infra/config/**/*.ts', 'src/main.ts', 'src/sandbox/**/*.ts'];

const ban = (selector, message) => ({ selector, message });

const namedExports = ban('ExportDefaultDeclaration', 'Export by name: one word for one thing, everywhere.');

/** Constructors may take six dependencies, everything else four parameters; `max-params` cannot tell them apart. */
const parameterLimits = [
  ban(
    ':matches(FunctionDeclaration, ArrowFunctionExpression, TSDeclareFunction)[params.length>4]',
    'At most 4 parameters: pass an object.',
  ),
  ban(
    ':matches(MethodDefinition, TSAbstractMethodDefinition)[kind!="constructor"] > [params.length>4]',
    'At most 4 parameters: pass an object.',
  ),
  ban('MethodDefinition[kind="constructor"] > [params.length>6]', 'At most 6 dependencies: split the class.'),
];

const environment = ban(
  'MemberExpression[object.name="process"][property.name="env"]',
  'Only infra/config reads the environment: inject AppConfig, or a value from it.',
);

const hiddenInputs = [
  ban('NewExpression[callee.name="Date"][arguments.length=0]', 'Time is an argument (`now`) or comes from Clock.'),
  ban(
    'MemberExpression[object.name=/^(Date|DateTime|performance)$/][property.name="now"]',
    'Time is an argument (`now`) or comes from Clock.',
  ),
  ban('MemberExpression[object.name="Math"][property.name="random"]', 'Randomness is an argument: pass the number in.'),
];

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', '.data/', 'coverage/', 'web/src/api/generated/', 'web/public/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    ignores: ['web/**'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: 'test/tsconfig.json', tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // A leading underscore is how a name says that its place, not its value, is needed.
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          caughtErrors: 'none',
          ignoreRestSiblings: true,
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Off: a port is asynchronous for its slowest adapter; a quick one must still return a promise.
      '@typescript-eslint/require-await': 'off',
      // Off: validation names control characters in order to refuse them.
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', namedExports, ...parameterLimits],
    },
  },
  {
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked, reactHooks.configs.flat.recommended],
    languageOptions: { parserOptions: { project: 'web/tsconfig.json', tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 250 }],
      // A component is mostly markup: twice what a function may have.
      'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...parameterLimits],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: readsEnvironment,
    rules: {
      'no-restricted-syntax': ['error', namedExports, ...parameterLimits, environment],
      'no-restricted-imports': ['error', { name: 'node:process', importNames: ['env'], message: environment.message }],
      'no-console': 'error',
    },
  },
  {
    files: pureLayers,
    rules: { 'no-restricted-syntax': ['error', namedExports, ...parameterLimits, environment, ...hiddenInputs] },
  },
  {
    files: ['**/*.map.ts', '**/migrations/**/*.ts'],
    rules: {
      // Off: tables (of error codes, of SQL) are long because the world is, and have nothing to split.
      'max-lines': 'off',
      'max-lines-per-function': 'off',
    },
  },
  {
    files: [...specs, 'test/**/*.ts'],
    ignores: ['test/support/properties.ts'],
    rules: {
      'max-lines': ['error', { max: 350 }],
      'no-restricted-imports': [
        'error',
        { name: 'fast-check', message: 'From test/support/properties.js: with one seed for everybody.' },
      ],
      // Off: a `describe` block is one function and as long as its cases.
      'max-lines-per-function': 'off',
      // Off: tests read other people's JSON (answers, rows, sandbox feeds); the assertion is the type check.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Off: `expect(port.method)` names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'process', 'module', 'require', '__dirname', 'URL', 'setTimeout', 'fetch'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
);
