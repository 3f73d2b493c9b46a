import js from '@eslint/js';
import typescript from 'typescript-eslint';

export default [
  { ignores: ['dist/', 'node_modules/', 'coverage/'] },
  js.configs.recommended,
  ...typescript.configs.recommended,
  {
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly', Buffer: 'readonly' },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    // Connections to other hosts are made only by adapters/outbound-http; the demo speaks to its own service.
    files: ['src/**'],
    ignores: ['src/adapters/outbound-http/**'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
      'no-restricted-imports': [
        'error',
        {
          paths: ['node:http', 'http'].map((name) => ({
            name,
            allowImportNames: ['createServer', 'Server', 'IncomingMessage', 'ServerResponse'],
            message: 'it is for listening; ask other hosts through the Outbound port',
          })),
        },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/adapters/outbound-http/**', 'src/demo/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['globalThis', 'global', 'self'].map((object) => ({
          object,
          property: 'fetch',
          message: 'ask other hosts through the Outbound port',
        })),
      ],
    },
  },
  {
    // Scripts of pages: they speak to the service that they came from, as the page's policy says.
    files: ['src/web/assets/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        [
          'DOMParser',
          'FormData',
          'URLSearchParams',
          'clearTimeout',
          'document',
          'fetch',
          'localStorage',
          'setTimeout',
          'window',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-restricted-globals': 'off' },
  },
  { files: ['**/*.cjs'], languageOptions: { globals: { module: 'readonly' } } },
  { files: ['test/**'], rules: { 'no-console': 'off', 'max-lines': 'off' } },
];
