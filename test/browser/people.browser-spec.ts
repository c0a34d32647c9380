import { expect } from '@jest/globals';
import pg from 'pg';
import { connectAccount, uploadClip } from '../support/story.js';
import { choose, hasFocus, pressOn, tabTo, typeInto } from './support/keyboard.js';
import { codeOf, inviteMember, mailedLink } from './support/people.js';
import { PASSWORD } from './support/stage.js';
import { type Story, stories } from './support/story.js';

const WITHIN = { timeout: 60_000 };
const DAY_MS = 86_400_000;

stories('people', (story: Story) => {
  story('somebody is invited by keyboard, joins by the link, once, and may what their role may', async (stage) => {
    const studio = await stage.openStudio('Company');
    const { page } = await stage.visit({ as: studio });
    await page.goto('/settings/members');
    await typeInto(page, page.getByRole('textbox', { name: 'E-mail address' }), 'bea@example.org');
    await choose(page, page.getByRole('combobox', { name: 'Role', exact: true }), 'Approver');
    await pressOn(page, page.getByRole('button', { name: 'Send the invitation' }));
    await page.getByText('The invitation is on its way.').waitFor();
    const link = await mailedLink(stage, 'bea@example.org', '/join');
    const guest = await stage.visit();
    await guest.page.goto(link);
    await guest.page.getByText('You are invited to Company, as Approver.').waitFor();
    await hasFocus(guest.page, guest.page.getByRole('textbox', { name: 'Your name' }));
    await guest.page.keyboard.type('Bea');
    await typeInto(guest.page, guest.page.getByRole('textbox', { name: 'New password' }), PASSWORD);
    await guest.page.keyboard.press('Enter');
    await guest.page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await guest.page.goto('/settings');
    await guest.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(await guest.page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    await page.reload();
    await page.getByRole('row', { name: /Bea/ }).getByRole('cell', { name: 'bea@example.org', exact: true }).waitFor();
    const late = await stage.visit();
    late.watch.allow(410, /invites/);
    late.watch.allow(404, /invites/);
    await late.page.goto(link);
    await late.page.getByRole('alert').waitFor();
  });

  story('a post waits for a second person, who sends it back with words, then lets it go', async (stage) => {
    const studio = await stage.openStudio('Four eyes');
    const { api } = studio;
    const account = await connectAccount(api, stage.sandbox, 'tiktok');
    const mediaId = await uploadClip(api, 'tea-in-a-minute.mp4');
    const [editor, approver] = await Promise.all([
      inviteMember(stage, studio, { email: 'ed@example.org', role: 'editor' }),
      inviteMember(stage, studio, { email: 'app@example.org', role: 'approver' }),
    ]);
    const boss = await stage.visit({ as: studio });
    await boss.page.goto('/settings/approvals');
    await pressOn(boss.page, boss.page.getByRole('switch', { name: 'Posts need approval' }), 'Space');
    await boss.page.getByText('Saved', { exact: true }).waitFor();
    const [writer, reader] = await Promise.all([stage.visit({ as: editor }), stage.visit({ as: approver })]);
    await writer.page.goto(`/compose?media=${mediaId}`);
    await writer.page.getByRole('checkbox', { name: /, TikTok$/ }).check();
    await writer.page.getByRole('textbox', { name: 'Caption' }).fill('Teh');
    const at = new Date(Date.now() + DAY_MS).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
    await writer.page.getByLabel(/^Time in/).fill(at);
    await writer.page.getByText(/A person must approve/).waitFor(WITHIN);
    await writer.page.getByRole('button', { name: 'Schedule' }).click();
    await writer.page.getByText('Waits for approval').first().waitFor(WITHIN);
    expect(await writer.page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    await reader.page.goto(new URL(writer.page.url()).pathname);
    await reader.page.getByText('Waits for approval').first().waitFor();
    await typeInto(reader.page, reader.page.getByRole('textbox', { name: 'Comment' }), 'It is spelled tea.');
    await pressOn(reader.page, reader.page.getByRole('button', { name: 'Reject' }));
    await writer.page.getByText('Rejected', { exact: true }).first().waitFor(WITHIN);
    await writer.page.getByRole('textbox', { name: 'Caption' }).fill('Tea');
    await writer.page.getByRole('button', { name: 'Save', exact: true }).click();
    await writer.page.getByText('Waits for approval').first().waitFor(WITHIN);
    await reader.page.getByText('Waits for approval').first().waitFor(WITHIN);
    await pressOn(reader.page, reader.page.getByRole('button', { name: 'Approve', exact: true }));
    await writer.page.getByText('Approved', { exact: true }).first().waitFor(WITHIN);
    const { items } = await api.ok<{ items: object[] }>('GET', '/v1/targets');
    expect(items).toMatchObject([{ accountId: account.id, status: 'scheduled', approval: 'given' }]);
  });

  story('a second factor is set up with an authenticator, asked for at the door, and taken off', async (stage) => {
    const studio = await stage.openStudio('Two locks');
    const { page, watch } = await stage.visit({ as: studio });
    watch.allow(401, /sign-in$/);
    await page.goto('/settings/profile');
    await pressOn(page, page.getByRole('button', { name: 'Turn on' }));
    const dialog = page.getByRole('dialog');
    await typeInto(page, dialog.getByRole('textbox', { name: 'Password' }), PASSWORD);
    await page.keyboard.press('Enter');
    const secret = (await dialog.getByLabel('Key', { exact: true }).textContent()) ?? '';
    await typeInto(page, dialog.getByRole('textbox', { name: /^Code of/ }), codeOf(secret));
    await page.keyboard.press('Enter');
    await dialog.getByText('Your recovery codes').waitFor();
    const [recovery = ''] = await dialog.locator('code').allTextContents();
    await pressOn(page, dialog.getByRole('button', { name: 'I have kept them' }));
    await page.getByRole('button', { name: 'Turn off' }).waitFor();
    await aMinuteGoesBy(stage.app.databaseUrl);
    const door = await stage.visit();
    door.watch.allow(401, /sign-in$/);
    await door.page.goto('/settings/profile');
    await door.page.getByRole('textbox', { name: 'E-mail address' }).fill(studio.email);
    await door.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await door.page.keyboard.press('Enter');
    await hasFocus(door.page, door.page.getByRole('textbox', { name: /^Code of/ }));
    await door.page.keyboard.type(codeOf(secret));
    await door.page.keyboard.press('Enter');
    await pressOn(door.page, door.page.getByRole('button', { name: 'Turn off' }));
    const off = door.page.getByRole('dialog');
    await typeInto(door.page, off.getByRole('textbox', { name: 'Password' }), PASSWORD);
    await pressOn(door.page, off.getByRole('button', { name: /recovery code/ }));
    await typeInto(door.page, off.getByRole('textbox', { name: 'Recovery code' }), recovery);
    await door.page.keyboard.press('Enter');
    await door.page.getByText('The second factor is off.').waitFor();
  });

  story('a key is made by keyboard, works, is revoked, and works no more', async (stage) => {
    const studio = await stage.openStudio('Keyring');
    const { page, watch } = await stage.visit({ as: studio });
    watch.allowSecretFrom(/api-keys$/);
    await page.goto('/settings/keys');
    await typeInto(page, page.getByRole('textbox', { name: 'Name' }), 'Statistics');
    await pressOn(page, page.getByRole('checkbox', { name: 'posts:read' }), 'Space');
    await pressOn(page, page.getByRole('button', { name: 'Make the key' }));
    await page.getByText('It is shown this once.', { exact: false }).waitFor();
    const key = /prn_live_\w+_\w+/.exec((await page.getByRole('main').innerText()) ?? '')?.[0] ?? '';
    const program = studio.api.with(key);
    expect((await program.call('GET', '/v1/posts')).status).toBe(200);
    expect((await program.call('GET', '/v1/api-keys')).status).toBe(403);
    const revoke = page.getByRole('button', { name: 'Revoke: Statistics' });
    await pressOn(page, revoke);
    await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Revoke' }));
    await page.keyboard.press('Enter');
    await page.getByText('The key is dead.').waitFor();
    expect((await program.call('GET', '/v1/posts')).status).toBe(401);
    await page.goto('/settings/keys');
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(key);
  });
});

/** A code works once; the next comes in half a minute. */
const aMinuteGoesBy = async (databaseUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`update second_factor set last_step = last_step - 2`).finally(() => client.end());
};
