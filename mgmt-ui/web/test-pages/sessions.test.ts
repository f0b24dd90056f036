import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, missing, open, pages } from './browser.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe.skipIf(missing !== undefined)('the sessions page', () => {
  let url: string;
  let browser: Browser;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, browser, close } = await pages());
  });
  afterAll(() => close?.());

  const within = (page: Page, selector: string) => page.locator(selector).evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.left >= 0 && box.right <= window.innerWidth && box.bottom <= window.innerHeight && box.width > 0;
  });

  test('asks for a session: the preview follows what is chosen, and says what it can not do', async () => {
    const { page, complaints } = await open(browser, `${url}/sessions/request?asset=plc-3a`);
    const preview = page.locator('.request-preview');
    await preview.locator('.sentences', { hasText: 'It can not' }).locator('text=write anything').waitFor();
    expect(await preview.locator('button[type=submit]').isDisabled()).toBe(true);
    await page.waitForSelector('text=Say why');
    await page.fill('#request-reason', 'Compare the setpoints');
    await page.click('[role=radio]:has-text("Own rules")');
    await page.waitForSelector('text=Write the rules.');
    await page.fill('#request-rules', 'do: read');
    await preview.locator('text=begin each with').waitFor();
    expect(await preview.locator('button[type=submit]').isDisabled()).toBe(true);
    await page.fill('#request-rules', '- {do: write, unit: 1, space: holding, address: 100..109}');
    await preview.locator('text=write holding registers 100 to 109').waitFor();
    // Rules belong to one conduit: with a second one they are no choice any more.
    await page.locator('.offer label', { hasText: 'opc-3' }).click();
    await preview.locator('section[aria-label=opc-3]').waitFor();
    expect(await page.locator('[role=radio]:has-text("Own rules")').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await preview.locator('button[type=submit]').click();
    await page.waitForURL(/\/sessions\?session=anna-/);
    await page.waitForSelector('.session-detail >> text=Compare the setpoints');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('is decided on a phone: who, why, what and what not can be read, and less be given', async () => {
    const { page, complaints } = await open(browser, `${url}/sessions`, PHONE);
    await page.locator('.session-item', { hasText: 'Filler 3 overfills' }).tap();
    await page.locator('button', { hasText: 'Review and decide' }).tap();
    await page.waitForSelector('dialog >> text=Ivo Brandt (ACME)');
    await page.waitForSelector('dialog >> text=INC-20311');
    await page.locator('dialog .sentences', { hasText: 'It can not' }).first().waitFor();
    for (const button of ['Deny', 'Approve as asked']) {
      expect(await within(page, `dialog footer button:has-text("${button}")`)).toBe(true);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await barriers(page)).toEqual([]);
    await page.locator('dialog [role=radio]', { hasText: 'Read only' }).tap();
    await page.locator('dialog .sentences', { hasText: 'It can not' }).first().locator('text=write anything').waitFor();
    await page.locator('dialog footer button', { hasText: 'Approve narrowed' }).tap();
    await page.waitForSelector('text=The session is approved.');
    await page.waitForSelector('.session-detail >> text=narrowed to');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('connects: the command, the fingerprint, and a password that is shown once', async () => {
    const { page, complaints } = await open(browser, `${url}/sessions?session=anna-11d4`);
    await page.locator('.session-acts button', { hasText: 'Connect' }).click();
    await page.waitForSelector('.connect-command:has-text("ssh -N -p 2222 -L 127.0.0.1:1502:plc-3a:502")');
    await page.waitForSelector('.connect-fingerprint:has-text("SHA256:")');
    expect(await page.locator('.connect-password').innerText()).toBe('k7Qm-x2Rt-9pLw-Hs4v');
    await page.waitForSelector('.connect >> text=127.0.0.2 opc-3');
    const file = page.waitForEvent('download');
    await page.locator('button', { hasText: '.cmd file' }).click();
    expect((await file).suggestedFilename()).toBe('sluice-anna-11d4.cmd');
    expect(await barriers(page)).toEqual([]);
    await page.locator('button[aria-label="Close the connection panel"]').click();
    expect(await page.locator('text=k7Qm-x2Rt-9pLw-Hs4v').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('warns late, shows operations as they happen, steps up and ends, each with a confirmation', async () => {
    const { page } = await open(browser, `${url}/sessions?session=acme-2b90`);
    await page.waitForSelector('.session-clock.warned >> text=Most of its time is over');
    await page.waitForSelector('.session-operations li');
    await page.locator('.session-acts button', { hasText: 'Step up' }).click();
    await page.waitForSelector('dialog >> text=can change the device');
    await page.locator('dialog .sentences', { hasText: 'It may' }).locator('text=write holding registers').waitFor();
    await page.locator('dialog footer button', { hasText: 'Step up' }).click();
    await page.waitForSelector('.session-acts >> text=Step down');
    await page.locator('.session-acts button', { hasText: 'End now' }).click();
    await page.locator('dialog footer button', { hasText: 'End now' }).click();
    await page.waitForSelector('.session-detail >> text=ended by anna');
    expect(await page.locator('.session-acts').count()).toBe(0);
    await page.context().close();
  });

  test('a device that is locked opens the form with it', async () => {
    const { page } = await open(browser, `${url}/assets?asset=plc-3a`);
    await page.locator('dialog a', { hasText: 'Request a session' }).click();
    await page.waitForURL(/\/sessions\/request\?asset=plc-3a$/);
    await page.waitForSelector('.offer label:has-text("plc-3a") input:checked');
    await page.goto(`${url}/sessions/request?asset=mes`);
    await page.waitForSelector('text=mes is not among what you may ask for');
    await page.context().close();
  });

  test('j moves, Escape closes, and every word is German in German', async () => {
    const { page } = await open(browser, `${url}/sessions`, { locale: 'de-DE' });
    await page.waitForSelector('.session-item');
    await page.keyboard.press('j');
    await page.waitForURL(/session=/);
    await page.waitForSelector('.session-detail >> text=Sie darf');
    await page.keyboard.press('Escape');
    await page.waitForURL((at) => !at.search.includes('session='));
    await page.waitForSelector('h1:has-text("Sitzungen")');
    await page.context().close();
  });

  test('all sessions are ended from any page, after a confirmation', async () => {
    const { page } = await open(browser, `${url}/audit`);
    const button = page.locator('.top .end-all');
    await button.click();
    await page.waitForSelector('dialog >> text=cut at both ends');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await button.click();
    await page.locator('dialog footer button', { hasText: 'End all now' }).click();
    await page.waitForSelector('text=/(One session is|\\d+ sessions are) ended/');
    await page.waitForSelector('.top .end-all.idle');
    await page.context().close();
  });

  test('who only asks for sessions begins there, and sees nothing else', async () => {
    const { page } = await open(browser, `${url}/settings/account`);
    await page.click('.account');
    await page.click('[role=menuitem]:has-text("Sign out")');
    await page.fill('input[autocomplete=username]', 'acme');
    await page.fill('input[type=password]', 'right');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.account-name:has-text("Ivo Brandt")');
    await page.goto(url);
    await page.waitForURL(/\/sessions$/);
    expect(await page.locator('.nav li').allInnerTexts()).toEqual(['Sessions', 'Settings']);
    expect(await page.locator('.end-all').count()).toBe(0);
    await page.click('.account');
    await page.click('[role=menuitem]:has-text("Own account")');
    await page.click('text=Add a key');
    await page.fill('#add-key-text', '-----BEGIN OPENSSH PRIVATE KEY-----');
    await page.waitForSelector('text=This is a private key');
    await page.fill('#add-key-text', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ ivo@notebook');
    await page.locator('dialog footer button', { hasText: 'Add a key' }).click();
    await page.waitForSelector('.lines >> text=ivo@notebook');
    await page.click('.account');
    await page.click('[role=menuitem]:has-text("Sign out")');
    await page.waitForSelector('h1:has-text("Sign in")');
    await page.context().close();
  });
});
