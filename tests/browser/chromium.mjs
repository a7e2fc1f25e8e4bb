// Drives a Chromium by its own debugging protocol, through pipes: no package has to be installed and no port opened.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser's command: that of the variable CHROMIUM, or the first that there is. */
export function findChromium() {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : NAMES;
  return names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
}

export class Chromium {
  #next = 1;
  #waiting = new Map();
  #listeners = [];
  #rest = '';

  constructor(command) {
    this.profile = mkdtempSync(join(tmpdir(), 'loclint-browser-'));
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions'];
    const own = ['--remote-debugging-pipe', `--user-data-dir=${this.profile}`];
    this.process = spawn(command, [...flags, ...quiet, ...own, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.process.stdio[4].setEncoding('utf8').on('data', (data) => this.#read(data));
    this.process.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser ended'));
    });
  }

  #read(data) {
    const messages = (this.#rest + data).split('\0');
    this.#rest = messages.pop();
    for (const text of messages) {
      const message = JSON.parse(text);
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (!waiting) for (const listen of this.#listeners) listen(message);
      else if (message.error) waiting.reject(new Error(message.error.message));
      else waiting.resolve(message.result);
    }
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  on(listener) {
    this.#listeners.push(listener);
  }

  /** A new page of this size, with the preferred colours "light" or "dark". */
  async page({ width = 1280, height = 900, theme = 'light', script = true } = {}) {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, targetId, sessionId);
    for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await page.send(`${domain}.enable`);
    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    const features = [{ name: 'prefers-color-scheme', value: theme }];
    await page.send('Emulation.setEmulatedMedia', { features });
    if (!script) await page.send('Emulation.setScriptExecutionDisabled', { value: true });
    return page;
  }

  async close() {
    await this.send('Browser.close').catch(() => {});
    await new Promise((resolve) => (this.process.exitCode === null ? this.process.on('exit', resolve) : resolve()));
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

class Page {
  /** Addresses that the page asked for, and what it complained of. */
  requests = [];
  complaints = [];

  constructor(browser, target, session) {
    Object.assign(this, { browser, target, session });
    browser.on(({ sessionId, method, params }) => {
      if (sessionId !== session) return;
      if (method === 'Network.requestWillBeSent') this.requests.push(params.request.url);
      if (method === 'Runtime.exceptionThrown') this.complaints.push(params.exceptionDetails.exception?.description);
      if (method === 'Runtime.consoleAPICalled') this.complaints.push(params.args.map((one) => one.value).join(' '));
      if (method === 'Log.entryAdded') this.complaints.push(params.entry.text);
      if (method === 'Page.javascriptDialogOpening') this.complaints.push(`dialog: ${params.message}`);
      if (method === 'Page.loadEventFired') this.loaded?.();
    });
  }

  send(method, params) {
    return this.browser.send(method, params, this.session);
  }

  /** Goes to an address, and waits until it has loaded. */
  async open(url) {
    const loaded = new Promise((resolve) => (this.loaded = resolve));
    const { errorText } = await this.send('Page.navigate', { url });
    if (errorText) throw new Error(errorText);
    await loaded;
  }

  /** The value of an expression in the page. */
  async evaluate(expression) {
    const told = await this.send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    if (told.exceptionDetails) throw new Error(told.exceptionDetails.exception?.description ?? expression);
    return told.result.value;
  }

  /** Waits until an expression is true. */
  async until(expression) {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await this.evaluate(`Boolean(${expression})`)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`never true: ${expression}`);
  }

  /** Presses a key, as a person would. */
  async press(key) {
    const named = { Enter: [13, '\r'], Escape: [27], Tab: [9], ArrowDown: [40], ArrowUp: [38], ' ': [32, ' '] };
    const [code, text] = named[key] ?? [key.toUpperCase().charCodeAt(0), key];
    const down = { type: text ? 'keyDown' : 'rawKeyDown', key, text, windowsVirtualKeyCode: code };
    await this.send('Input.dispatchKeyEvent', down);
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code });
  }

  async type(text) {
    for (const letter of text) await this.press(letter);
  }

  /** A picture of what is in view, or of the whole page. */
  async screenshot(whole = false) {
    const { data } = await this.send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: whole });
    return Buffer.from(data, 'base64');
  }
}
