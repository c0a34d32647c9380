/** Where the SMS provider posts what phones say, and what became of a text. */
export const HOOKS_PATH = 'hooks/sms';
export const INBOUND_PATH = `${HOOKS_PATH}/inbound`;
