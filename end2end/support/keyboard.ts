// A person without a mouse: Tab, Shift+Tab, Space, Enter, arrows and text, and always a ring that shows where one is.

import { expect, type Locator, type Page } from '@playwright/test';

const FAR = 80;

export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Tabs forward until `target` has the focus, with a visible ring at every stop. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target.first()).toBeVisible();
    for (let step = 0; step < FAR; step++) {
      await this.page.keyboard.press('Tab');
      await this.expectRing();
      if (await hasFocus(target)) return;
    }
    throw new Error(`Tab does not lead to ${target} within ${FAR} steps`);
  }

  /** Follows a link or pushes a button. */
  async activate(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Enter');
  }

  /** Types into a field, over what is there. */
  async type(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
    await expect(target).toHaveValue(text);
  }

  /** Ticks a box. */
  async tick(target: Locator): Promise<void> {
    await this.tabTo(target);
    if (!(await target.isChecked())) await this.page.keyboard.press('Space');
    await expect(target).toBeChecked();
  }

  /** Chooses `option` among the radios of its group: Tab enters the group, arrows walk in it. */
  async choose(group: Locator, option: Locator): Promise<void> {
    await this.tabTo(group);
    for (let step = 0; step < FAR && !(await hasFocus(option)); step++) {
      await this.page.keyboard.press('ArrowDown');
      await this.expectRing();
    }
    if (!(await option.isChecked())) await this.page.keyboard.press('Space');
    await expect(option).toBeChecked();
  }

  /** What has the focus shows it, and nothing covers it (WCAG 2.4.7, 2.4.11). */
  async expectRing(): Promise<void> {
    const complaint = await this.page.evaluate(() => {
      const active = document.activeElement;
      if (!(active instanceof HTMLElement) || active === document.body) return null;
      const name = `<${active.tagName.toLowerCase()}> "${(active.innerText || active.getAttribute('name') || '').slice(0, 40)}"`;

      // The ring may be on the element, on its label or on a card around them.
      const bearers: Element[] = [active];
      for (const label of (active as HTMLInputElement).labels ?? []) bearers.push(label);
      for (let parent = active.parentElement, up = 0; parent && up < 2; parent = parent.parentElement, up++) bearers.push(parent);
      if (active.nextElementSibling) bearers.push(active.nextElementSibling);
      const ringed = bearers.some((bearer) =>
        ['', '::before', '::after'].some((part) => {
          const style = getComputedStyle(bearer, part || null);
          const clear = /^(transparent|rgba\(.*, 0\))$/;
          const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !clear.test(style.outlineColor);
          const shadow = bearer === active && style.boxShadow !== 'none';
          return outline || shadow;
        }),
      );
      if (!ringed) return `${name} has the focus and no ring shows it`;

      const box = active.getBoundingClientRect();
      const hidden = box.width <= 1 || box.height <= 1 ? active.parentElement?.getBoundingClientRect() : box;
      if (!hidden || hidden.bottom <= 0 || hidden.top >= innerHeight) return `${name} has the focus outside of the window`;
      return null;
    });
    expect(complaint, 'focus').toBeNull();
  }
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));
}
