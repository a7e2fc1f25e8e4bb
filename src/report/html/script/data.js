// What the page is about, and how elements are made.

const data = JSON.parse(document.getElementById('data').textContent);

const SEVERITIES = ['error', 'warning', 'info'];

// Links may go to pages, files and editors. Others are shown as text.
const SCHEMES = ['http:', 'https:', 'file:', 'vscode:', 'vscode-insiders:', 'vscodium:', 'cursor:', 'zed:', 'idea:'];

const byId = (id) => document.getElementById(id);
const number = (n) => n.toLocaleString('en');

/** An element. Children that are strings become text nodes, whatever is in them. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

/** The language and the direction of a text in a locale. */
function language(locale) {
  return { lang: locale.tag, dir: locale.rtl ? 'rtl' : 'ltr' };
}

/** What a locale is called, such as "Czech (Czechia)". */
function localeName(tag) {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag);
  } catch {
    return tag;
  }
}

/** A link to a line of a file, or its name where there is none to go to. */
function place(at) {
  const file = data.files[at.file];
  const name = element('bdi', {}, `${file.path}:${at.line}`);
  const link = file.link?.replaceAll('{line}', at.line).replaceAll('{column}', at.column);
  return isSafe(link) ? element('a', { href: link, rel: 'noreferrer', class: 'place' }, name) : name;
}

function isSafe(link) {
  if (!link) return false;
  try {
    return SCHEMES.includes(new URL(link, document.baseURI).protocol);
  } catch {
    return false;
  }
}

/** The tags of the locales that a finding is about, its own first. */
const tagsOf = ({ locale, also = [] }) => [locale, ...also].map((at) => data.locales[at].tag);

/** The category of a rule. */
const category = (id) => id.split('/', 1)[0];

/** How often each value of `of` comes, one or several of each finding, the values in order. */
function counted(of) {
  const counts = new Map();
  for (const finding of data.findings) {
    for (const value of [of(finding)].flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return new Map([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
