import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsDate, MaxDate, MinDate } from 'class-validator';

const EARLIEST = new Date('1900-01-01T00:00:00Z');
const LATEST = new Date('9999-12-31T23:59:59.999Z');

/** An instant of a query as a Date, in the years that the database can hold and a four-digit year can name. */
export const IsInstant = (field: string): PropertyDecorator => {
  const message = `${field} must be an ISO 8601 instant, for example 2027-01-31T00:00:00Z`;
  return applyDecorators(
    Type(() => Date),
    IsDate({ message }),
    MinDate(EARLIEST, { message }),
    MaxDate(LATEST, { message }),
  );
};
