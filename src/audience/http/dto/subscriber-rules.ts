import { registerDecorator } from 'class-validator';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';

const MAX_NAMES = 50;
const MAX_TEXT = 500;
const NAME = /^[A-Za-z_]\w{0,49}$/;

const rule =
  (name: string, validate: (value: unknown) => boolean, message: string) =>
  (): PropertyDecorator =>
  (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: propertyName as string,
      validator: { validate, defaultMessage: () => message },
    });

export const IsZoneName = rule(
  'isTimeZone',
  (value) => typeof value === 'string' && isTimeZone(value),
  'zone must be an IANA name, for example Europe/Paris or UTC',
);

const isAttribute = ([name, value]: [string, unknown]): boolean => {
  if (!NAME.test(name)) return false;
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  return typeof value === 'boolean' || Number.isFinite(value);
};

export const IsFlatAttributes = rule(
  'isFlatAttributes',
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= MAX_NAMES && entries.every(isAttribute);
  },
  `attributes must hold at most ${MAX_NAMES} names, each a text of ${MAX_TEXT} characters, a number or a boolean`,
);
