/** As `src/workspaces` has it (NIST SP 800-63B-4); the server decides. */
const SHORTEST_PASSWORD = 15;

/** How many characters are still missing, counted as the server counts: whole code points. */
export const passwordLacks = (password: string): number => Math.max(0, SHORTEST_PASSWORD - [...password].length);
