import { registerDecorator, type ValidationArguments } from 'class-validator';

const MAX_ENTRIES = 200;
const MAX_TEXT = 200;

/** An object whose values are texts: at most 200 of 200 characters each. */
export const IsTextMap = () => (target: object, propertyName: string | symbol) =>
  registerDecorator({
    name: 'isTextMap',
    target: target.constructor,
    propertyName: propertyName as string,
    validator: {
      validate: (value: unknown) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
        const entries: [string, unknown][] = Object.entries(value);
        return (
          entries.length <= MAX_ENTRIES &&
          entries.every(
            ([name, text]) => name.length <= MAX_TEXT && typeof text === 'string' && text.length <= MAX_TEXT,
          )
        );
      },
      defaultMessage: (args?: ValidationArguments) =>
        `${args?.property} must be an object of at most ${MAX_ENTRIES} texts of ${MAX_TEXT} characters`,
    },
  });
