import { expect, type Locator, type Page } from '@playwright/test';

export type Delivery = 'Waiting' | 'Sent' | 'Delivered' | 'Read';

/** The conversation that is open: its messages and the field to write in. */
export class Thread {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  title(words: string): Locator {
    return this.page.getByRole('heading', { name: words, exact: true });
  }

  /** With its title: presence, or how many members. */
  get region(): Locator {
    return this.page
      .getByRole('region')
      .filter({ has: this.page.getByRole('button', { name: /^(Show|Hide) details$/ }) });
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: /^Messages with/ });
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: /^Message to/ });
  }

  get messages(): Locator {
    return this.log.getByRole('article');
  }

  /** What was said, in the order it is shown. */
  get words(): Locator {
    return this.messages.getByRole('paragraph');
  }

  message(text: string): Locator {
    return this.messages.filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** Types and sends; resolves when the composer has let go of the text. */
  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
    await expect(this.field).toHaveValue('');
  }

  /** How far an own message has come. */
  tick(text: string, delivery: Delivery): Locator {
    return this.message(text).getByRole('img', { name: delivery, exact: true });
  }
}
