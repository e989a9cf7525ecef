import { randomUUID } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Device } from '../devices/device.ts';
import { Thread } from './thread.ts';

export interface Identity {
  name: string;
  email: string;
  password: string;
}

export function newIdentity(name: string): Identity {
  const word = name.toLowerCase().replaceAll(/[^a-z]/g, '') || 'somebody';
  return { name, email: `${word}.${randomUUID().slice(0, 8)}@choir.example`, password: `${word} sings at the harbour` };
}

export interface GroupWish {
  title: string;
  members: readonly { name: string }[];
  /** What people who join later see. */
  history?: 'Everything' | 'From when they joined';
}

/** Somebody at one device: what they can do with Parley, and what they see of it. */
export class Person {
  readonly identity: Identity;
  readonly device: Device;

  constructor(identity: Identity, device: Device) {
    this.identity = identity;
    this.device = device;
  }

  get name(): string {
    return this.identity.name;
  }

  get email(): string {
    return this.identity.email;
  }

  get page(): Page {
    return this.device.page;
  }

  get thread(): Thread {
    return new Thread(this.page);
  }

  /** What the foot of the list says about the connection. */
  get footLine(): Locator {
    return this.page.getByLabel('You and your server').getByRole('status');
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Conversations' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get details(): Locator {
    return this.page.getByRole('complementary', { name: 'Details' });
  }

  /** A conversation's row in the list. */
  row(title: string): Locator {
    return this.list.getByRole('button').filter({ has: this.page.getByText(title, { exact: true }) });
  }

  async signUp(): Promise<void> {
    await this.page.getByRole('button', { name: 'Make a new account' }).click();
    await this.page.getByLabel('Your name', { exact: true }).fill(this.identity.name);
    await this.fillSignIn();
    await this.page.getByRole('button', { name: 'Make the account' }).click();
    await this.isUpToDate();
  }

  async signIn(): Promise<void> {
    await this.trySignIn();
    await this.isUpToDate();
  }

  /** From the foot of the list, where the session is over. */
  async openSignIn(): Promise<void> {
    await this.page.getByLabel('You and your server').getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** On the first screen, or in the dialog in front of everything else. */
  async trySignIn(changed: Partial<Identity> = {}): Promise<void> {
    await this.fillSignIn(changed);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async fillSignIn({ email, password }: Partial<Identity> = {}): Promise<void> {
    await this.page.getByLabel('Email', { exact: true }).fill(email ?? this.identity.email);
    await this.page.getByLabel('Password', { exact: true }).fill(password ?? this.identity.password);
  }

  /** Resolves when the server has confirmed that everything is here; after an outage that may take until the next try. */
  async isUpToDate(): Promise<void> {
    await expect(this.footLine).toHaveText(/^Up to date as of/, { timeout: 40_000 });
  }

  /** Adds by e-mail; the conversation with them is open afterwards. */
  async addContact(email: string, alias = ''): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    await this.dialog.getByRole('button', { name: 'Add someone by email' }).click();
    await this.dialog.getByLabel('Their email').fill(email);
    await this.dialog.getByLabel('Name for them, if you like').fill(alias);
    await this.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** With people who are contacts; the group is open afterwards. */
  async createGroup({ title, members, history = 'Everything' }: GroupWish): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    await this.dialog.getByRole('button', { name: 'Start a group' }).click();
    await this.dialog.getByLabel('Name of the group').fill(title);
    for (const { name } of members) await this.dialog.getByRole('checkbox', { name }).click();
    await this.dialog.getByRole('group', { name: 'People who join later see' }).getByText(history).click();
    await this.dialog.getByRole('button', { name: 'Start the group' }).click();
    await expect(this.dialog).toBeHidden();
    await expect(this.thread.title(title)).toBeVisible();
  }

  async addMember({ name }: { name: string }): Promise<void> {
    await this.showDetails();
    await this.details.getByRole('button', { name: 'Add', exact: true }).click();
    await this.dialog.getByRole('checkbox', { name }).click();
    await this.dialog.getByRole('button', { name: 'Add them' }).click();
    await expect(this.dialog).toBeHidden();
  }

  async removeMember({ name }: { name: string }): Promise<void> {
    await this.showDetails();
    await this.details.getByRole('button', { name, exact: true }).click();
    await this.page.getByRole('menuitem', { name: /^Remove/ }).click();
    await this.page
      .getByRole('alertdialog')
      .or(this.dialog)
      .getByRole('button', { name: 'Remove', exact: true })
      .click();
    await expect(this.details.getByRole('listitem').filter({ hasText: name })).toHaveCount(0);
  }

  async showDetails(): Promise<void> {
    const open = this.page.getByRole('button', { name: 'Show details' });
    if (await open.isVisible()) await open.click();
    await expect(this.details).toBeVisible();
  }

  async openConversation(title: string): Promise<void> {
    await this.row(title).click();
    await expect(this.thread.title(title)).toBeVisible();
  }

  async write(text: string): Promise<void> {
    await this.thread.write(text);
  }
}
