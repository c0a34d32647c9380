import { registerDecorator } from 'class-validator';

const MAX_ENTRIES = 20;
const MAX_VALUE_CHARS = 8_192;
/** Tokens travel in headers. What is not ASCII was cut or prettified on its way here, as by an ellipsis. */
const VALUE = /^[\x20-\x7e]+$/;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** True for a flat object of named texts, as adapters take credentials. */
export const isCredentials = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.length <= MAX_ENTRIES &&
    entries.every(
      ([name, text]) =>
        NAME.test(name) && typeof text === 'string' && VALUE.test(text) && text.length <= MAX_VALUE_CHARS,
    )
  );
};

/** The message never repeats what was sent. */
export const IsCredentials = (): PropertyDecorator => (target, propertyName) =>
  registerDecorator({
    name: 'isCredentials',
    target: target.constructor,
    propertyName: propertyName as string,
    validator: {
      validate: isCredentials,
      defaultMessage: () =>
        'credentials must be an object of 1 to 20 plain ASCII texts, for example {"identifier": "ana.example.org", "password": "abcd-efgh"}',
    },
  });
