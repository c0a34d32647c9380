/** Small pages for links in mails: no script, no outside resource. All texts are ours, so nothing needs escaping. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}
button{font:inherit;padding:.6rem 1.4rem;cursor:pointer}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>
`;

const question = (title: string, text: string, button: string): string =>
  page(title, `<p>${text}</p><form method="post"><button type="submit">${button}</button></form>`);

const note = (title: string, text: string): string => page(title, `<p>${text}</p>`);

export const CONFIRM_QUESTION = question(
  'Do you want our mail?',
  'Press the button and we write to you when a platform is down or there is news.',
  'Yes, confirm',
);
export const CONFIRM_DONE = note('You are on the list', 'Thank you. Every mail has a link to leave again.');
export const UNSUBSCRIBE_QUESTION = question(
  'Leave the list?',
  'Press the button and we do not write to you any more.',
  'Unsubscribe',
);
export const UNSUBSCRIBE_DONE = note('You left the list', 'You get no more mail from this list.');
export const UNKNOWN_LINK = note(
  'This link does not work',
  'It expired, was used or was cut off. Copy it whole from the latest mail, or sign up again.',
);
