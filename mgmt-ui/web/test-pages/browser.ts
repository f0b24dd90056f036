import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { preview } from 'vite';
import { contractServer } from '../dev/server.ts';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const chromiumPath = CANDIDATES.find((path) => path !== undefined && existsSync(path));
/** Why these tests are skipped; undefined where they are not. */
export const missing = chromiumPath === undefined ? 'Chromium is not installed (set CHROMIUM to its path)' : !existsSync('target/classes/web/index.html') ? 'the pages are not built (npm run build)' : undefined;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The built pages under the policy that the real server sends, and a browser. */
export async function pages(): Promise<{ url: string; browser: Browser; close: () => Promise<void> }> {
  const server = await preview({ configFile: false, logLevel: 'error', plugins: [contractServer()], preview: { host: '127.0.0.1', port: 0 }, build: { outDir: 'target/classes/web' } });
  const address = server.httpServer.address() as { port: number };
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return {
    url: `http://127.0.0.1:${address.port}`,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** A page, and what its console complained of: a violation of the server's policy is among it. */
export async function open(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, ...options });
  // A busy machine is slow; nothing here is about time.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(axe);
  await page.goto(address);
  return { page, complaints };
}

/** What axe finds serious, in one line each. */
export async function barriers(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (context: Document) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> } };
    const found = await axe.run(document);
    return found.violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`);
  });
}
