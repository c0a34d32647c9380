import { ValidateIf } from 'class-validator';

/** May be left out, but not sent as null: a null would look like a wish to clear what cannot be cleared. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
