import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, missing, open, pages } from './browser.ts';

if (missing) {
  console.log(`[SKIPPED] pages in a browser: ${missing}`);
}

const ALL = ['/', '/traffic', '/policy', '/policy/edit', '/policy/review', '/policy/history', '/replay', '/assets', '/inbox', '/sessions', '/sessions?session=acme-2b90', '/sessions/over', '/sessions/request', '/audit', '/settings/account', '/settings/users', '/settings/exports', '/settings/thresholds', '/settings/server'];

/** Maven asks for one of them: against a running server both are looked at. */
const THEMES = (['light', 'dark'] as const).filter((theme) => (process.env.THEMES ?? theme) === theme);

describe.skipIf(missing !== undefined)('the built pages', () => {
  let url: string;
  let browser: Browser;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, browser, close } = await pages());
  });
  afterAll(() => close?.());

  describe.each(THEMES)('in %s', (colorScheme) => {
    test.each(ALL)('%s has no barriers, keeps to the policy of the server, and fits a phone', async (path) => {
      const { page, complaints } = await open(browser, url + path, { colorScheme });
      await page.waitForSelector('main h2, main .table, main .card, main .empty, main .cm-editor');
      await page.waitForTimeout(600);
      expect(await barriers(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  test('a filter is completed by the keyboard and stands in the address', async () => {
    const { page } = await open(browser, `${url}/traffic`);
    await page.waitForSelector('.table-row');
    await page.keyboard.press('/');
    await page.keyboard.type('verd');
    await page.waitForSelector('[role=option]:has-text("verdict")');
    await page.keyboard.press('Tab');
    await page.keyboard.type('de');
    await page.waitForSelector('[role=option]:has-text("events")');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/filter=verdict:deny$/);
    await page.waitForSelector('.table-row:has-text("Denied")');
    expect(await page.locator('.table-row:has-text("Allowed")').count()).toBe(0);
    await page.goBack();
    await page.waitForSelector('.table-row:has-text("Allowed")');
    await page.context().close();
  });

  test('a cell filters, with Shift it excludes', async () => {
    const { page } = await open(browser, `${url}/traffic?filter=verdict:allow`);
    await page.waitForSelector('.table-row');
    await page.keyboard.press('p'); // what is clicked on must not move on
    await page.waitForSelector('text=Paused');
    await page.locator('.table-row .cell-filter', { hasText: 'historian' }).first().click();
    await page.waitForURL(/filter=verdict:allow\+src:historian$/);
    await page.locator('.table-row .cell-filter', { hasText: 'modbus' }).first().click({ modifiers: ['Shift'] });
    await page.waitForURL(/-proto:modbus$/);
    await page.waitForSelector('text=No message fits this filter');
    await page.context().close();
  });

  test('j opens messages and pauses, Escape closes, p follows again', async () => {
    const { page } = await open(browser, `${url}/traffic`);
    await page.waitForSelector('.table-row');
    await page.keyboard.press('j');
    await page.waitForSelector('.detail >> text=Why');
    await page.waitForSelector('text=Paused');
    const first = await page.locator('.table-row.selected').getAttribute('data-index');
    await page.keyboard.press('j');
    await page.waitForFunction((before) => document.querySelector('.table-row.selected')?.getAttribute('data-index') !== before, first);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.detail', { state: 'detached' });
    await page.keyboard.press('p');
    await page.waitForSelector('.badge:has-text("Live")');
    await page.context().close();
  });

  test('rows stand still under a moving mouse, and go on when it has gone', async () => {
    const { page } = await open(browser, `${url}/traffic`);
    const first = page.locator('[role="row"][data-index="0"]');
    const newest = async () => (await first.textContent()) ?? '';
    await first.hover();
    await page.locator('.badge', { hasText: 'Held' }).waitFor();
    const before = await newest();
    for (let i = 0; i < 10; i++) {
      await page.waitForTimeout(100);
      const box = (await first.boundingBox())!;
      await page.mouse.move(box.x + 60 + i, box.y + box.height / 2);
    }
    expect(await newest()).toBe(before);
    await page.mouse.move(5, 5);
    await page.locator('.badge', { hasText: 'Live' }).waitFor();
    await page.waitForFunction((old) => document.querySelector('[role="row"][data-index="0"]')?.textContent !== old, before);
    await first.hover();
    await page.keyboard.press('p'); // now by a decision
    await page.mouse.move(5, 5);
    await page.locator('.badge', { hasText: 'Paused' }).waitFor();
    await page.context().close();
  });

  test('a refused message becomes a staged rule', async () => {
    const { page } = await open(browser, `${url}/traffic?filter=verdict:deny+proto:modbus`);
    await page.locator('.table-row').nth(3).click({ position: { x: 40, y: 10 } });
    await page.click('text=Make a rule of this');
    await page.waitForSelector('dialog >> text=space: holding');
    await page.click('text=Stage it and open Policy');
    await page.waitForURL(/\/policy/);
    await page.context().close();
  });

  test('a dialog keeps the focus, and gives it back on Escape', async () => {
    const { page } = await open(browser, `${url}/settings/account`);
    await page.click('text=Change the password');
    await page.waitForSelector('dialog[open]');
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement!.closest('dialog') !== null)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Change the password');
    await page.context().close();
  });

  test('the language changes at once and is kept', async () => {
    const { page } = await open(browser, `${url}/settings/account`);
    await page.click('main >> text=Deutsch');
    await page.waitForSelector('h1:has-text("Einstellungen")');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await page.reload();
    await page.waitForSelector('h1:has-text("Einstellungen")');
    await page.click('main >> text=English');
    await page.waitForSelector('h1:has-text("Settings")');
    await page.context().close();
  });

  test('who signs out sees nothing more, and comes back by the password', async () => {
    const { page } = await open(browser, `${url}/settings/account`);
    await page.click('.account');
    await page.click('[role=menuitem]:has-text("Sign out")');
    await page.waitForSelector('h1:has-text("Sign in")');
    expect(await page.locator('nav').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.fill('input[autocomplete=username]', 'anna');
    await page.fill('input[type=password]', 'wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=do not belong together');
    await page.fill('input[type=password]', 'right');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("Settings")');
    await page.context().close();
  });
});
