const HIDDEN = '[redacted]';

/** Parameters and headers whose value must never reach a journal or a log (`platforms.md` 0.4). */
const SECRET_PARAMETER =
  /\b(access_?token|refresh_?token|client_?secret|upload_?token|upload_?id|input_token|appsecret_proof|fb_exchange_token|accessJwt|refreshJwt|password|code_verifier)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi;
const AUTHORISATION = /\b(Bearer|OAuth|DPoP|Bot(?=\s+[\w-]+\.))\s+[\w.~+/=|-]+/gi;
/** What stands before a secret that is known by its place: in a path, a query or a key. */
const BEFORE_SECRET =
  /([?&](?:code|state)=|\/bot(?=\d+:)|\/webhooks\/\d+\/|\/hosted\/[^/\s]+\/[^/\s]+\/\d+\/|"d"\s*:\s*")[\w.~%+/:-]+?(?=[^\w.~%+:-]|$)/g;

/**
 * A text fit for the journal: known secret parameters, authorisation schemes and the given literal values are hidden,
 * the rest is cut to 300 characters.
 */
export const redactSecrets = (text: string, secrets: readonly string[] = []): string => {
  const literal = secrets
    .filter((secret) => secret.length >= 6)
    .reduce((rest, secret) => rest.split(secret).join(HIDDEN), text);
  return literal
    .replace(SECRET_PARAMETER, `$1$2${HIDDEN}`)
    .replace(AUTHORISATION, `$1 ${HIDDEN}`)
    .replace(BEFORE_SECRET, `$1${HIDDEN}`)
    .slice(0, 300);
};
