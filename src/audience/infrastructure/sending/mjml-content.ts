import { DomainError } from '../../../kernel/domain-error.js';

interface MjmlFault {
  readonly line: number;
  readonly message: string;
  readonly tagName: string;
}

type Mjml = (
  source: string,
  options: Readonly<Record<string, unknown>>,
) => Promise<{ html: string; errors: readonly MjmlFault[] }> | { html: string; errors: readonly MjmlFault[] };

/**
 * MJML as HTML. `mj-include` would read files of ours, so there is none; Liquid is left as it is, for the renderer.
 * @throws DomainError `template.mjml`
 */
export const mjmlAsHtml = async (source: string): Promise<string> => {
  const { default: mjml } = (await import('mjml')) as unknown as { default: Mjml };
  const { html, errors } = await compiled(mjml, source);
  const [first] = errors;
  if (first === undefined) return html;
  throw mjmlRefused(errors.map(({ line, tagName, message }) => `line ${line}, ${tagName}: ${message}`));
};

const compiled = async (mjml: Mjml, source: string) => {
  try {
    // No fonts: MJML would have every reader's program ask Google for them, and tell it who reads.
    return await mjml(source, { validationLevel: 'soft', ignoreIncludes: true, keepComments: false, fonts: {} });
  } catch (error) {
    throw mjmlRefused([(error as Error).message]);
  }
};

/** Refuses MJML, naming each fault. */
export const mjmlRefused = (faults: readonly string[]): DomainError =>
  new DomainError(
    'invalid',
    'template.mjml',
    `This MJML cannot be used. ${faults[0] ?? ''}`,
    {},
    faults.slice(0, 20).map((message) => ({ field: 'bodyMjml', rule: 'template.mjml', message })),
  );
