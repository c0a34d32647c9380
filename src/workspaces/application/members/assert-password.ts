import { badPassword } from '../../domain/members/access.errors.js';
import { passwordFault } from '../../domain/members/password.js';

/** @throws DomainError `password.too_short`, `.too_long`, `.too_simple`, `.holds_address` */
export const assertPassword = (password: string, email: string): void => {
  const fault = passwordFault(password, email);
  if (fault) throw badPassword(fault);
};
