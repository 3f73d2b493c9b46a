import { describe } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { completeSignIn, createSignInLink } from '../../src/access/index.js';
import type { Member } from '../../src/tenancy/index.js';
import { aService, type TestService } from './service.js';

/** Where a system Chromium is, or undefined: browser tests are then skipped, loudly. */
export const chromiumPath = [
  process.env['TOUCHSTONE_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find((path) => path !== undefined && existsSync(path));

if (chromiumPath === undefined) console.warn('skipped: no Chromium (set TOUCHSTONE_CHROMIUM)');
/** Tests that need a browser. */
export const describeInBrowser = chromiumPath === undefined ? describe.skip : describe;

/** Set to keep a picture of every page, in every look. */
const pictures = process.env['TOUCHSTONE_SCREENSHOTS'];
/** Whether pictures are kept: the second look of everything is for whoever looks at them. */
export const keepsPictures = pictures !== undefined;

/** Widths and colours. Two of the four see every width and every colour; all four are visited when pictures are wanted. */
export const looks = (
  [
    { name: 'wide-light', width: 1280, height: 900, colorScheme: 'light' },
    { name: 'narrow-dark', width: 320, height: 700, colorScheme: 'dark' },
    { name: 'wide-dark', width: 1280, height: 900, colorScheme: 'dark' },
    { name: 'narrow-light', width: 320, height: 700, colorScheme: 'light' },
  ] as const
).slice(0, keepsPictures ? 4 : 2);

/** A service that listens under its own PUBLIC_URL, for a browser. */
export interface ListeningService extends TestService {
  readonly url: string;
  /** Pages of samples, by path: answered before the service is asked. */
  readonly samples: Map<string, string>;
}

/** Starts a service on a free port of localhost. */
export async function aListeningService(): Promise<ListeningService> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const service = await aService({ publicUrl: url });
  const samples = new Map<string, string>();
  server.on('request', (request, response) => {
    const sample = samples.get(request.url ?? '');
    if (sample === undefined) return service.app(request, response);
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(sample);
  });
  return { ...service, url, samples, close: () => closeBoth(server, service) };
}

async function closeBoth(server: Server, service: TestService): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await service.close();
}

/** The system's Chromium, without a window. */
export function aBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A fresh window. Its policy on scripts is off, only so that axe can be put into the page; the policy itself is tested elsewhere. */
export async function aWindow(browser: Browser, look = looks[0]!): Promise<BrowserContext> {
  const { width, height, colorScheme } = look;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
  context.setDefaultTimeout(15_000);
  return context;
}

/** Signs a member in, as if by mail. */
export async function signInAs(
  context: BrowserContext,
  service: ListeningService,
  member: Member,
): Promise<void> {
  const { access } = service.rooms;
  const link = new URL(await createSignInLink(access, member, { inPerson: true })).pathname;
  const { secret } = await completeSignIn(access, link.split('/').at(-1)!);
  await context.clearCookies();
  await context.addCookies([{ name: 'session', value: secret, url: service.url }]);
}

/** Keeps a picture, when pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Keeps a file beside the pictures, when they are wanted. */
export const besidePictures = (name: string): string | undefined =>
  pictures === undefined ? undefined : join(pictures, name);

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Words that run out of a box which cuts them off; what is for screen readers alone is hidden on purpose. */
const cutOff = `(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.data.trim() === '') continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { right } = range.getBoundingClientRect();
    for (let box = text.parentElement; box !== null && box !== document.body; box = box.parentElement) {
      const { overflowX, clipPath, position } = getComputedStyle(box);
      // A table that becomes cards where it is narrow never needs to be scrolled.
      const scrolls = (overflowX === 'auto' || overflowX === 'scroll') && !box.matches(':has(> .table-cards)');
      if (scrolls) break;
      if (position === 'absolute' && (clipPath !== 'none' || box.offsetWidth <= 1)) break;
      if (overflowX === 'visible') continue;
      if (right > box.getBoundingClientRect().right + 1) found.push('cut off: ' + text.data.trim().slice(0, 40));
      break;
    }
  }
  return found;
})()`;

/** Violations that axe finds, words that are cut off, and a page that is wider than its window. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then((result) => result.violations.map((v) => v.id + ' ' + v.nodes.map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).slice(0, 3).join(' | ')))`,
  )) as string[];
  const wide = (await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1',
  )) as boolean;
  const cut = (await page.evaluate(cutOff)) as string[];
  return [...violations, ...cut, ...(wide ? ['scrolls sideways'] : [])];
}

/**
 * The faults of an open page in every look, or in the one where they would show, all the same where pictures are wanted;
 * it is left in the first.
 */
export async function faultsInLooks(
  page: Page,
  name: string,
  where: 'everywhere' | 'wide' | 'narrow' = 'everywhere',
): Promise<string[]> {
  const found: string[] = [];
  const inLook = async ({ width, height, colorScheme }: (typeof looks)[number]) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
  };
  for (const look of looks) {
    if (!keepsPictures && where !== 'everywhere' && !look.name.startsWith(where)) continue;
    await inLook(look);
    found.push(...(await faultsOf(page)).map((fault) => `${name}, ${look.name}: ${fault}`));
    await picture(page, `${name}-${look.name}`);
  }
  await inLook(looks[0]!);
  return found;
}

/**
 * What the console of a page says is wrong, as it goes on. That a form was refused (400, 422) is the console's own word for
 * an answer that people are shown, and is left out.
 */
export function consoleErrorsOf(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4(00|22)/.test(message.text())) errors.push(message.text());
  });
  return errors;
}

/**
 * Goes to a control by the keyboard alone.
 * @throws Error when it is not reached in 120 presses, or when nothing shows where the focus is.
 */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const element = await target.elementHandle();
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press(key);
    if (!(await element!.evaluate((node) => node === node.ownerDocument.activeElement))) continue;
    const style = await element!.evaluate((node) => {
      const { outlineStyle, outlineWidth, boxShadow } =
        node.ownerDocument.defaultView!.getComputedStyle(node);
      return { outlineStyle, outlineWidth, boxShadow };
    });
    if ((style.outlineStyle === 'none' || style.outlineWidth === '0px') && style.boxShadow === 'none')
      throw new Error(`nothing shows that ${String(target)} has the focus`);
    return;
  }
  throw new Error(`${String(target)} is not reached by the keyboard`);
}
