declare module 's3rver' {
  /** The part of the package that the tests use; it brings no types of its own. */
  class S3rver {
    constructor(options: Readonly<Record<string, unknown>>);
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
  }
  export = S3rver;
}
