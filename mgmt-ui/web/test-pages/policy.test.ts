import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, missing, open, pages } from './browser.ts';

describe.skipIf(missing !== undefined)('the policy page', () => {
  let url: string;
  let browser: Browser;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, browser, close } = await pages());
  });
  afterAll(() => close?.());

  test('takes what is typed, marks what is wrong in its place, and keeps the draft', async () => {
    const { page, complaints } = await open(browser, `${url}/policy/edit`);
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('unitt: 3 is not a key\n', { delay: 30 });
    expect(await page.locator('.cm-line').first().innerText()).toBe('unitt: 3 is not a key');
    await page.waitForSelector('.problem-list .error');
    await page.waitForSelector('.cm-lintRange-error');
    await page.waitForSelector('text=Kept on the server');
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.reload();
    await page.waitForSelector('.cm-line:has-text("unitt: 3 is not a key")');
    await page.context().close();
  }, 180_000);
});
