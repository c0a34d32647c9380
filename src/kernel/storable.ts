/** Text of strangers as it can be stored and shown on one line: no control characters, no halves of characters. */
export const storable = (text: string, maxLength: number): string =>
  text
    .slice(0, maxLength)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ');
