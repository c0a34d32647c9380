const ACCOUNT = /\baccount ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** A sentence of the server with the names of accounts where it says their ids; those we do not know stay ids. */
export const withAccountNames = (sentence: string, accounts: readonly Named[]): string =>
  sentence.replace(ACCOUNT, (whole, id: string) => {
    const account = accounts.find((one) => one.id === id);
    return account ? `account ${account.displayName}` : whole;
  });
