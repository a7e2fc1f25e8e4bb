// Draws the README's picture of a report anew.
//
//     node tests/browser/picture.mjs target/release/loclint

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Chromium, findChromium } from './chromium.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'loclint-picture-'));
const file = join(folder, 'report.html');
execFileSync(resolve(process.argv[2] ?? 'target/debug/loclint'), ['report', 'testdata/stories', '-q', '-o', file], { cwd: project });
const browser = new Chromium(findChromium());
const page = await browser.page({ width: 1280, height: 1520 });
await page.send('Emulation.setScrollbarsHidden', { hidden: true });
await page.open(pathToFileURL(file).href);
await page.until('document.documentElement.dataset.ready');
await page.evaluate(`[...document.querySelectorAll('.row')].find((row) => row.textContent.includes('markup/code-changed')).click()`);
await page.evaluate(`document.querySelector('#list > li:has(.details)').parentElement.prepend(document.querySelector('#list > li:has(.details)'))`);
writeFileSync(join(project, 'docs/images/report.png'), await page.screenshot());
await browser.close();
rmSync(folder, { recursive: true, force: true });
