/** What a person does on the sandbox's consent page. */
export interface Choice {
  /** Handle of the account to choose; the first when left out. */
  readonly account?: string;
  /** Scopes to untick. */
  readonly without?: readonly string[];
  readonly decision?: 'allow' | 'deny';
}

const unescaped = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Opens the consent page, fills its form in and presses a button. @returns where the browser is sent */
export const clickThrough = async (consentUrl: string, choice: Choice = {}): Promise<URL> => {
  const page = await (await fetch(consentUrl)).text();
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
  if (action === undefined) throw new Error(`no form: ${page}`);
  const accounts = [...page.matchAll(/name="account" value="([^"]+)"[^>]*> ([^<]+)</g)];
  const account = accounts.find(([, , handle]) => choice.account === undefined || handle === choice.account)?.[1];
  const scopes = [...page.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope]) => scope ?? '');
  const form = new URLSearchParams({ account: account ?? '', decision: choice.decision ?? 'allow' });
  for (const scope of scopes) if (!choice.without?.includes(scope)) form.append('scope', scope);
  const url = new URL(unescaped(action), consentUrl);
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (answer.status !== 302 || location === null) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return new URL(location);
};
