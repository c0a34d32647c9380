import { registerDecorator } from 'class-validator';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';

/** An IANA name that this server knows. */
export const IsTimeZoneName = (): PropertyDecorator => (target, propertyName) =>
  registerDecorator({
    name: 'isTimeZoneName',
    target: target.constructor,
    propertyName: propertyName as string,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () => `${String(propertyName)} must be an IANA name, for example Europe/Paris or UTC`,
    },
  });
