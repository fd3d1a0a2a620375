// What something costs a person in clicks and keys, printed beside its goal.

import { expect, type Locator, type Page } from '@playwright/test';

const FAR = 12;

export class Count {
  clicks = 0;
  keys = 0;

  async click(target: Locator): Promise<void> {
    await target.click();
    this.clicks++;
  }

  /** Types into a field that a click has found. */
  async type(target: Locator, text: string): Promise<void> {
    await this.click(target);
    await target.fill(text);
    this.keys += text.length;
  }

  /** Types into a field to which the Tab key leads. */
  async typeOn(page: Page, target: Locator, text: string): Promise<void> {
    const isThere = () => target.evaluate((element) => element === document.activeElement);
    for (let step = 0; step < FAR && !(await isThere()); step++) {
      await page.keyboard.press('Tab');
      this.keys++;
    }
    await expect(target).toBeFocused();
    await page.keyboard.type(text);
    this.keys += text.length;
  }

  async press(target: Locator, key: string): Promise<void> {
    await target.press(key);
    this.keys++;
  }
}
