import { DomainError } from '../../kernel/domain-error.js';

export const hostedForged = (): DomainError =>
  new DomainError(
    'forbidden',
    'hosted.forged',
    'This address was not made by this installation. Addresses of files are made for platforms while a post is published.',
  );

export const hostedExpired = (): DomainError =>
  new DomainError(
    'gone',
    'hosted.expired',
    'This address has expired, or its video was deleted. A new one is made when the post is published again.',
  );
