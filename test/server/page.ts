import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Page } from 'puppeteer-core';

/** Mage's page in a browser, as a user sees it. */
export interface MagePage {
  /** Opens a page of Mage's. */
  open(path: string): Promise<void>;
  /** Waits for a text that can be seen. */
  sees(text: string): Promise<void>;
  /** Chooses from the first list below a heading; waits until it has this choice. */
  choose(choice: string, heading: string): Promise<void>;
  /** Clicks the button that says this; waits until there is one. */
  click(label: string): Promise<void>;
  /** Ticks the box of the row with this text. */
  tick(row: string): Promise<void>;
  /** Writes over what stands in the last editor, and saves it. */
  write(text: string): Promise<void>;
  /** Keeps a picture of it, where the environment says a folder for that. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine, if it has one: CHROME says which. */
export function browserPath(): string | undefined {
  return [process.env.CHROME ?? '', ...BROWSERS].find(path => path !== '' && existsSync(path));
}

/** Starts the browser for pages of a server. */
export async function openBrowser(executablePath: string, url: string): Promise<MagePage> {
  // Without its sandbox, since that needs rights that containers don't have; only our own server is looked at.
  const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'], headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1500, height: 1000 });
  page.setDefaultTimeout(120_000);
  return {
    open: async path => void (await page.goto(`${url}${path}`, { waitUntil: 'load', timeout: 120_000 })),
    sees: text => orPicture(page, page.waitForSelector(`::-p-text(${text})`, { visible: true })),
    choose: (choice, heading) => orPicture(page, choose(page, choice, heading)),
    // Mage puts no-break spaces into its buttons.
    click: label =>
      orPicture(
        page,
        page.locator(`::-p-xpath(//button[normalize-space(translate(., "\u00a0", " "))="${label}"])`).click(),
      ),
    tick: row => orPicture(page, tick(page, row)),
    write: text => orPicture(page, write(page, text)),
    picture: name => picture(page, name),
    close: () => browser.close(),
  };
}

/** What fails leaves a picture of what was seen instead. */
async function orPicture(page: Page, step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    await picture(page, 'not-there');
    throw error;
  }
}

async function choose(page: Page, choice: string, heading: string): Promise<void> {
  const list = `(//*[text()="${heading}"]/following::select[option[text()="${choice}"]])[1]`;
  const option = await page.waitForSelector(`::-p-xpath(${list}/option[text()="${choice}"])`);
  const value = await option?.evaluate(element => (element as unknown as { value: string }).value);
  await (await page.$(`::-p-xpath(${list})`))?.select(value ?? '');
}

/** A box isn't an element of forms there, but a picture left of the text. */
async function tick(page: Page, row: string): Promise<void> {
  const text = await page.waitForSelector(`::-p-xpath(//table//*[not(*) and text()="${row}"])`, { visible: true });
  const { x = 0, y = 0, height = 0 } = (await text?.boundingBox()) ?? {};
  await page.mouse.click(x - 43, y + height / 2);
}

async function write(page: Page, text: string): Promise<void> {
  const lines = '.monaco-editor .view-lines';
  await page.waitForSelector(lines);
  // The editor is there before it takes keys.
  await sleep(3000);
  await (await page.$$(lines)).at(-1)?.click();
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyA');
  await page.keyboard.up('Control');
  await page.keyboard.sendCharacter(text);
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyS');
  await page.keyboard.up('Control');
  await page.waitForSelector('::-p-text(Saved a)', { visible: true });
}

async function picture(page: Page, name: string): Promise<void> {
  const { PICTURES: folder } = process.env;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${join(folder, name)}.png` });
}
