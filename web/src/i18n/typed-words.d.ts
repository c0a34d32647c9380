import 'i18next';
import type en from './en.json';

// A key that the English file lacks does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
