import { Injectable, type PipeTransform } from '@nestjs/common';
import { validate } from 'uuid';
import { DomainError } from '../../kernel/domain-error.js';

/** An id in a path. What is not an id is refused before it reaches the database. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (validate(value)) return value.toLowerCase();
    throw new DomainError(
      'invalid',
      'request.bad_id',
      'An id in the path is not a UUID. Copy it from an earlier answer.',
    );
  }
}
