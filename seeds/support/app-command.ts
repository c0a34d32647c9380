/**
 * How the product is started everywhere (package.json, Dockerfile): a young generation of 16 MB, and an old one that is
 * collected when it has grown by half. V8's defaults let a long stream of rows leave 240 MB more lying about.
 */
export const APP_COMMAND = ['--max-semi-space-size=16', '--heap-growing-percent=50', 'dist/main.js'] as const;
