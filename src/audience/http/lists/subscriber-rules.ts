import { registerDecorator } from 'class-validator';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import {
  isAttributeName,
  isAttributeValue,
  MAX_ATTRIBUTE_TEXT,
  MAX_ATTRIBUTES,
} from '../../domain/lists/attributes.js';

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

const isFlat = (value: unknown, mayBe: (one: unknown) => boolean): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries: [string, unknown][] = Object.entries(value);
  return entries.length <= MAX_ATTRIBUTES && entries.every(([name, one]) => isAttributeName(name) && mayBe(one));
};

const FLAT = `attributes must hold at most ${MAX_ATTRIBUTES} names, each a text of ${MAX_ATTRIBUTE_TEXT} characters, a number or a boolean`;

export const IsFlatAttributes = rule('isFlatAttributes', (value) => isFlat(value, isAttributeValue), FLAT);

export const IsAttributeChange = rule(
  'isAttributeChange',
  (value) => isFlat(value, (one) => one === null || isAttributeValue(one)),
  `${FLAT}, or null to take one away`,
);
