/** The part of mailparser that tests use; it brings no types of its own. */
declare module 'mailparser' {
  export interface ParsedMail {
    readonly subject?: string;
    readonly from?: { readonly text: string };
    readonly messageId?: string;
    readonly text?: string;
    readonly html?: string | false;
    readonly headers: ReadonlyMap<string, unknown>;
  }
  export function simpleParser(source: Buffer): Promise<ParsedMail>;
}
