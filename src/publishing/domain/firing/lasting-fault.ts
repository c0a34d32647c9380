/** SQLSTATE classes that say the statement or its data is wrong: the same again fails again. */
const LASTING_CLASSES = ['0A', '21', '22', '23', '42', 'P0'];

/**
 * Whether an error will come back however often the same is tried: a bug of ours or a broken constraint, not a
 * database that is away, restarting, full or in a deadlock. Doubtful errors count as passing.
 * Source: PostgreSQL manual, appendix A (error codes).
 */
export const isLastingFault = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
  const { code } = (error as { driverError?: { code?: unknown } } | undefined)?.driverError ?? {};
  return typeof code === 'string' && code.length === 5 && LASTING_CLASSES.includes(code.slice(0, 2));
};
