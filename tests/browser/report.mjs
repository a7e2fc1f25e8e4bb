// Opens reports in a real browser: nothing of the articles runs, nothing is loaded, and everything can be done with the keyboard.
//
//     node tests/browser/report.mjs target/release/loclint
//
// Needs Node 18 or later and Chromium (the variable CHROMIUM names another command).

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Chromium, findChromium } from './chromium.mjs';
import { HOSTILE, hostileTree, largeTree } from './trees.mjs';

const loclint = resolve(process.argv[2] ?? 'target/debug/loclint');
const stories = fileURLToPath(new URL('../../testdata/stories', import.meta.url));
const MANY = 20_000;
// A page that takes longer than this is broken, however slow the machine. What it takes is printed.
const TOO_LONG = 10_000;

const command = findChromium();
if (!command) {
  console.error('no Chromium: the report is not tested in a browser');
  process.exit(3);
}
const folder = mkdtempSync(join(tmpdir(), 'loclint-report-'));
const browser = new Chromium(command);

function report(tree, name, ...options) {
  const file = join(folder, name);
  execFileSync(loclint, ['report', tree, '-q', '-o', file, ...options], { cwd: folder });
  return file;
}

const focused = 'document.activeElement.closest("#list > li")';
const rowCount = 'document.querySelectorAll("#list > li").length';
const told = 'document.getElementById("count").textContent';
const ready = (page) => page.until('document.documentElement.dataset.ready');

const tests = {
  async 'hostile articles stay text'() {
    hostileTree(join(folder, 'hostile'));
    const file = report('hostile', 'hostile.html', '--title', '<script>window.pwned = 10</script>');
    const page = await browser.page();
    await page.open(pathToFileURL(file));
    await ready(page);
    // Everything that can be drawn is drawn.
    await page.evaluate('(() => { const more = document.getElementById("more"); while (!more.hidden) more.click(); })()');
    await page.evaluate('document.querySelectorAll(".row").forEach((row) => row.click())');
    const text = await page.evaluate('document.getElementById("list").textContent');
    for (const hostile of HOSTILE.slice(0, -1)) assert.ok(text.includes(hostile), `${hostile} is shown as it is`);
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(await page.evaluate('typeof window.pwned'), 'undefined');
    assert.equal(await page.evaluate('document.querySelectorAll("img, iframe, link, #list script, #list style, #list svg").length'), 0);
    const links = await page.evaluate('[...document.links].map((link) => link.protocol)');
    assert.deepEqual([...new Set(links)], ['file:']);
    assert.deepEqual(page.complaints, []);
    assert.deepEqual(page.requests, [pathToFileURL(file).href]);
  },

  async 'the policy stops what slips through'() {
    const page = await browser.page();
    await page.open(pathToFileURL(join(folder, 'hostile.html')));
    const inserted = `(() => { try { document.body.innerHTML = '<img src=x onerror="window.pwned = 11">'; } catch (error) { return error.name; } })()`;
    assert.equal(await page.evaluate(inserted), 'TypeError');
    await page.evaluate(`document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.com/x.png' }))`);
    await new Promise((done) => setTimeout(done, 200));
    assert.equal(await page.evaluate('typeof window.pwned'), 'undefined');
    assert.ok(page.complaints.some((one) => one.includes('Content Security Policy')));
  },

  async 'it asks a server for nothing but itself'() {
    const asked = [];
    const server = createServer(async (request, response) => {
      asked.push(request.url);
      response.setHeader('content-type', 'text/html');
      response.end(await readFile(join(folder, 'hostile.html')));
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const page = await browser.page();
    await page.open(`http://127.0.0.1:${server.address().port}/report.html`);
    await ready(page);
    await page.evaluate('document.querySelectorAll(".row").forEach((row) => row.click())');
    await new Promise((done) => setTimeout(done, 300));
    server.close();
    // The browser itself may want an icon.
    assert.deepEqual(asked.filter((path) => path !== '/favicon.ico'), ['/report.html']);
  },

  async 'filters, search and the address'() {
    const page = await browser.page();
    await page.open(pathToFileURL(report(stories, 'stories.html')));
    await ready(page);
    const all = await page.evaluate(rowCount);
    assert.equal(await page.evaluate(told), `${all} findings`);
    await page.evaluate(`document.querySelector('.severities input[value="error"]').click()`);
    const errors = await page.evaluate(rowCount);
    assert.ok(errors > 0 && errors < all);
    assert.ok((await page.evaluate('location.hash')).includes('severity=error'));
    await page.evaluate(`document.getElementById('clear').click()`);
    assert.equal(await page.evaluate(rowCount), all);
    await page.press('Tab');
    await page.evaluate('document.activeElement.blur()');
    await page.press('/');
    assert.equal(await page.evaluate('document.activeElement.id'), 'search');
    await page.type('HARBOR.json');
    await page.until(`${rowCount} < ${all}`);
    assert.ok((await page.evaluate(told)).endsWith(`of ${all} findings`));
    // A cell of the heat map is a link to its findings.
    const cell = await page.evaluate(`(() => { const cell = document.querySelector('.heat a'); cell.click(); return cell.textContent; })()`);
    await page.until(`${told}.startsWith('${cell} of')`);
    assert.ok(await page.evaluate('document.getElementById("locale").value && document.getElementById("rule").value && true'));
    assert.equal(await page.evaluate('document.getElementById("search").value'), '');
    // A finding about two locales is found by either.
    for (const locale of ['ar-SA', 'de-DE']) {
      await page.evaluate(`location.hash = '#locale=${locale}&rule=parity/file-id'`);
      await page.until(`document.getElementById("locale").value === '${locale}' && ${rowCount} === 1`);
      assert.equal(await page.evaluate('document.querySelector("#list .locale").textContent'), 'ar-SA +1');
    }
  },

  async 'the keyboard is enough'() {
    const page = await browser.page();
    await page.open(pathToFileURL(join(folder, 'stories.html')));
    await ready(page);
    await page.press('j');
    assert.equal(await page.evaluate(`[...document.querySelectorAll('#list > li')].indexOf(${focused})`), 0);
    await page.press('j');
    await page.press('ArrowDown');
    await page.press('k');
    assert.equal(await page.evaluate(`[...document.querySelectorAll('#list > li')].indexOf(${focused})`), 1);
    assert.notEqual(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'none');
    await page.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-expanded")'), 'true');
    assert.ok(await page.evaluate(`${focused}.querySelector('.details').checkVisibility()`));
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-controls")'), await page.evaluate(`${focused}.querySelector('.details').id`));
    await page.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.className'), 'place');
    await page.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-expanded")'), 'false');
    // Only one row is in the order of Tab.
    assert.equal(await page.evaluate(`document.querySelectorAll('.row[tabindex="0"]').length`), 1);
    // Letters can be turned off.
    await page.evaluate('document.getElementById("shortcuts").click()');
    await page.evaluate('document.activeElement.blur()');
    await page.press('/');
    assert.notEqual(await page.evaluate('document.activeElement.id'), 'search');
  },

  async 'languages and directions'() {
    const page = await browser.page();
    await page.open(`${pathToFileURL(join(folder, 'hostile.html'))}#locale=ar-SA&rule=identifier`);
    await ready(page);
    await page.press('j');
    await page.press('Enter');
    const texts = await page.evaluate(`[...document.querySelectorAll('.side:not(.code) .text')].map((text) => [text.lang, text.dir, getComputedStyle(text).direction])`);
    assert.ok(texts.length > 0);
    for (const [lang, dir, direction] of texts) {
      assert.equal(dir, lang === 'ar-SA' ? 'rtl' : 'ltr');
      assert.equal(direction, dir);
    }
    assert.deepEqual(new Set(texts.map(([lang]) => lang)), new Set(['en', 'ar-SA']));
  },

  async 'dark and light'() {
    const background = 'getComputedStyle(document.body).backgroundColor';
    const colors = {};
    for (const theme of ['light', 'dark']) {
      const page = await browser.page({ theme });
      await page.open(pathToFileURL(join(folder, 'stories.html')));
      colors[theme] = await page.evaluate(background);
      await page.evaluate('document.getElementById("theme").click()');
      colors[`not ${theme}`] = await page.evaluate(background);
      await page.evaluate('localStorage.clear()');
    }
    assert.notEqual(colors.light, colors.dark);
    assert.equal(colors['not light'], colors.dark);
    assert.equal(colors['not dark'], colors.light);
  },

  async 'no sideways scrolling on a phone'() {
    const page = await browser.page({ width: 390, height: 844 });
    await page.open(pathToFileURL(join(folder, 'stories.html')));
    await ready(page);
    await page.press('j');
    await page.press('Enter');
    assert.ok((await page.evaluate('document.documentElement.scrollWidth')) <= 390);
  },

  async 'without script there are the tables and a word'() {
    const page = await browser.page({ script: false });
    await page.open(pathToFileURL(join(folder, 'stories.html')));
    const { root } = await page.send('DOM.getDocument', { depth: -1 });
    const { nodeIds } = await page.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'noscript p, table.locales tbody tr' });
    assert.ok(nodeIds.length > 5);
    for (const nodeId of nodeIds) assert.ok((await page.send('DOM.getBoxModel', { nodeId })).model.height > 0);
    const { nodeId } = await page.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#filters' });
    await assert.rejects(page.send('DOM.getBoxModel', { nodeId }));
  },

  async 'many findings'() {
    largeTree(join(folder, 'large'), MANY);
    const file = report('large', 'large.html', '--select', 'identifier/file-name');
    const page = await browser.page();
    await page.open(pathToFileURL(file));
    await ready(page);
    const findings = Number((await page.evaluate(told)).replace(/\D/g, ''));
    assert.ok(findings >= MANY, `${findings} findings`);
    const [first, loaded] = await page.evaluate(`[Number(document.documentElement.dataset.ready), Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)]`);
    const timed = (action) => page.evaluate(`(() => { const from = performance.now(); ${action}; document.body.offsetHeight; return Math.round(performance.now() - from); })()`);
    const search = await timed(`document.getElementById('search').value = 'harbor-7-'; document.getElementById('locale').dispatchEvent(new Event('change', { bubbles: true }))`);
    const again = await timed(`document.getElementById('search').value = 'harbor-3-4'; document.getElementById('locale').dispatchEvent(new Event('change', { bubbles: true }))`);
    const megabytes = (statSync(file).size / 1e6).toFixed(1);
    console.log(`  ${findings} findings, ${megabytes} MB: first rows after ${first} ms, loaded after ${loaded} ms, first search ${search} ms, next ${again} ms`);
    assert.ok(loaded < TOO_LONG);
    // Only what is looked at is drawn.
    await page.evaluate(`document.getElementById('clear').click()`);
    assert.ok((await page.evaluate(rowCount)) <= 300);
    await page.evaluate('document.getElementById("more").scrollIntoView()');
    await page.until(`${rowCount} > 100`);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`FAILED: ${name}\n${error.stack}`);
  }
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
console.log(failed ? `${failed} failed` : `the report works in ${command}`);
process.exitCode = failed ? 1 : 0;
