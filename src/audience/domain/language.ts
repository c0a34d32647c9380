/** A language tag as RFC 5646 writes it: `en`, `pt-BR`; at most 35 characters (RFC 5646 4.4.1). */
export const LANGUAGE = /^(?=.{2,35}$)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export const isLanguage = (text: string): boolean => LANGUAGE.test(text);
