/** A column that holds ciphertexts of `SecretBox`, beside the one with the id of their key. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly keyColumn: string;
}

/** Every column sealed under the place `table|column|id`; a test demands that no `*_enc` column is missing. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'account', column: 'cred_enc', keyColumn: 'key_id' },
  { table: 'attempt', column: 'resume_enc', keyColumn: 'resume_key_id' },
  { table: 'webhook', column: 'secret_enc', keyColumn: 'key_id' },
  { table: 'webhook', column: 'previous_enc', keyColumn: 'previous_key_id' },
  { table: 'notification_channel', column: 'destination_enc', keyColumn: 'key_id' },
  { table: 'mail_server', column: 'password_enc', keyColumn: 'key_id' },
  { table: 'sending_domain', column: 'private_key_enc', keyColumn: 'key_id' },
  { table: 'newsletter', column: 'token_enc', keyColumn: 'key_id' },
  { table: 'second_factor', column: 'secret_enc', keyColumn: 'key_id' },
  { table: 'oauth_attempt', column: 'kept_enc', keyColumn: 'key_id' },
];
