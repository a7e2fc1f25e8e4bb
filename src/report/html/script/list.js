// The list: drawn piece by piece, walked through with the keyboard.

const CHUNK = 100;
let shown = [];
const list = byId('list');
const more = byId('more');
const rows = () => list.children;

/** Draws the list anew. */
function draw() {
  shown = matching();
  list.replaceChildren();
  const all = data.findings.length;
  byId('count').textContent =
    shown.length === all ? `${number(all)} findings` : `${number(shown.length)} of ${number(all)} findings`;
  byId('clear').hidden = Object.keys(EVERYTHING).every((key) => key === 'order' || filter[key] === EVERYTHING[key]);
  drawMore();
  if (rows().length > 0) rows()[0].firstChild.tabIndex = 0;
}

function drawMore() {
  const from = rows().length;
  list.append(...shown.slice(from, from + CHUNK).map(row));
  const left = shown.length - rows().length;
  more.hidden = left <= 0;
  more.textContent = `Show more (${number(left)} left)`;
}

/** Opens or closes a row. */
function toggle(button, open = button.getAttribute('aria-expanded') !== 'true') {
  button.setAttribute('aria-expanded', String(open));
  const item = button.parentElement;
  if (open && !item.querySelector('.details')) item.append(details(Number(item.dataset.index)));
  const inside = item.querySelector('.details');
  if (inside) inside.hidden = !open;
}

/** Makes a row the one that is in the order of Tab, and goes there. */
function focusRow(at) {
  const wanted = Math.max(0, Math.min(at, shown.length - 1));
  while (rows().length <= wanted && !more.hidden) drawMore();
  const button = rows()[wanted]?.firstChild;
  if (!button) return;
  for (const other of list.querySelectorAll('.row[tabindex="0"]')) other.tabIndex = -1;
  button.tabIndex = 0;
  button.focus();
  button.scrollIntoView({ block: 'nearest' });
}

const currentRow = () => [...rows()].indexOf(document.activeElement?.closest?.('#list > li'));

function step(by) {
  const current = currentRow();
  const resting = [...rows()].findIndex((item) => item.firstChild.tabIndex === 0);
  focusRow(current < 0 ? Math.max(resting, 0) : current + by);
}

/** Follows the address: the filters that it names, and the finding. */
function follow(event) {
  const told = location.hash.includes('=');
  // A place in the page is no filter.
  if (event && location.hash && !told) return;
  readAddress();
  showControls();
  draw();
  const at = filter.finding ? shown.findIndex((index) => data.findings[index].id === filter.finding) : -1;
  if (at >= 0) {
    focusRow(at);
    toggle(rows()[at].firstChild, true);
    rows()[at].scrollIntoView({ block: 'center' });
  } else if (told) {
    byId('findings').scrollIntoView();
    if (event) byId('findings').focus({ preventScroll: true });
  }
}

function changed() {
  readControls();
  writeAddress();
  draw();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { key, target } = event;
  const typing = target.matches('input[type="search"], select');
  if (key === 'Escape') {
    const open = target.closest('#list > li')?.firstChild;
    if (open) {
      toggle(open, false);
      open.focus();
    } else if (typing && !target.value) {
      focusRow(0);
    }
    return;
  }
  const arrows = currentRow() >= 0 || target.id === 'search';
  const letters = byId('shortcuts').checked && !typing;
  const steps = { ...(arrows && { ArrowDown: 1, ArrowUp: -1 }), ...(letters && { j: 1, k: -1 }) };
  if (key in steps && target.id === 'search') {
    clearTimeout(pause);
    changed();
  }
  if (key in steps) step(steps[key]);
  else if (key === '/' && letters) byId('search').focus();
  else return;
  event.preventDefault();
}

/** The theme: that of the system until somebody chooses. Where nothing can be stored, it lasts as long as the page. */
function setUpTheme() {
  const button = byId('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const show = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-pressed', String((theme ?? (system.matches ? 'dark' : 'light')) === 'dark'));
  };
  const stored = (action) => {
    try {
      return action(localStorage);
    } catch {
      return null;
    }
  };
  const told = stored((storage) => storage.getItem('loclint-theme'));
  show(['dark', 'light'].includes(told) ? told : undefined);
  system.addEventListener('change', () => show(document.documentElement.dataset.theme));
  button.addEventListener('click', () => {
    const theme = button.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
    stored((storage) => storage.setItem('loclint-theme', theme));
    show(theme);
  });
}

let pause;
makeControls();
setUpTheme();
const used = data.findings.length > 0 ? '#theme, #count, #filters, #list, #keys' : '#theme, #count';
for (const part of document.querySelectorAll(used)) part.hidden = false;
byId('search').addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(changed, 100);
});
byId('filters').addEventListener('change', (event) => event.target.id !== 'search' && changed());
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('clear').addEventListener('click', () => {
  filter = { ...EVERYTHING, order: filter.order };
  writeAddress();
  showControls();
  draw();
  byId('search').focus();
});
list.addEventListener('click', (event) => {
  const button = event.target.closest('.row');
  if (button) toggle(button);
});
list.addEventListener('focusin', (event) => {
  const button = event.target.closest('#list > li').firstChild;
  for (const other of list.querySelectorAll('.row[tabindex="0"]')) other.tabIndex = other === button ? 0 : -1;
  button.tabIndex = 0;
});
more.addEventListener('click', () => {
  const at = rows().length;
  drawMore();
  focusRow(at);
});
new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && drawMore(), {
  rootMargin: '600px',
}).observe(more);
document.addEventListener('keydown', onKey);
addEventListener('hashchange', follow);
follow();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
