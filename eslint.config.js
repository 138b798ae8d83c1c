import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist', 'data', 'coverage', 'src/generated', 'node_modules']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers read well in a sentence.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A leading underscore says that a value is left out on purpose.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      // `return socket.end()` leaves and acts in one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A command without parts carries an empty record.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // A topic adds its refusals to those of the house by extending their interface.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      // Text is spread to walk over its characters.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // What `create…` returns closes over its parts and knows no `this`: it may be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      // `() => {}` says that nothing is to be done.
      '@typescript-eslint/no-empty-function': 'off',
      // Headers and platform fields are named as they are sent.
      '@typescript-eslint/dot-notation': 'off',
      // An interface of async functions is also met by ones that have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // `interface` and `type` each have their place.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
);
