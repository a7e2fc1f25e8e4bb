// How a finding looks: a row, and below it what is shown when it is opened.

function row(index) {
  const finding = data.findings[index];
  const [tag, ...also] = tagsOf(finding);
  const button = element(
    'button',
    { type: 'button', class: 'row', 'aria-expanded': 'false', 'aria-controls': `finding-${index}`, tabindex: '-1' },
    element('span', { class: `severity ${finding.severity}` }, finding.severity),
    element('span', { class: 'message' }, element('bdi', {}, finding.message)),
    element('span', { class: 'locale', title: also.length > 0 && [tag, ...also].join(', ') }, also.length > 0 ? `${tag} +${also.length}` : tag),
    element('span', { class: 'rule' }, data.rules[finding.rule].id),
    element('span', { class: 'path' }, element('bdi', {}, `${data.files[finding.file].path}:${finding.line}`)),
  );
  return element('li', { 'data-index': index }, button);
}

const ENGLISH = { tag: 'en', rtl: false };

function details(index) {
  const finding = data.findings[index];
  const locale = data.locales[finding.locale];
  const sides = element('div', { class: 'sides' });
  if (finding.source) sides.append(side('Source', finding.source, ENGLISH));
  if (finding.target) sides.append(side(`Target, ${locale.tag}`, finding.target, locale));
  // A line of markup or front matter reads from left to right, whatever its language.
  if (finding.context) sides.append(side(`Line ${finding.line}`, finding.context, { ...locale, rtl: false }, 'wide code'));
  if (finding.fixed && finding.fix) {
    const kind = finding.fix.safe ? 'Safe fix' : 'Unsafe fix';
    sides.append(side(`${kind}: ${finding.fix.title}`, finding.fixed, locale, 'wide', 'ins'));
  }
  const inside = element('div', { class: 'details', id: `finding-${index}` }, sides);
  if (finding.help) inside.append(element('p', {}, element('strong', {}, 'What to do: '), finding.help));
  if (finding.related) inside.append(related(finding));
  inside.append(facts(finding));
  return inside;
}

/** One text, its marked parts in `<mark>`, or in `<ins>` for what a fix puts there. */
function side(label, parts, locale, width = '', mark = 'mark') {
  const text = element('p', { class: 'text', ...language(locale) }, ...marked(parts, mark));
  return element('div', { class: `side ${width}` }, element('h3', {}, label), text);
}

function marked(parts, mark) {
  // A mark on all of the text would only be loud.
  const [before, all, after] = parts;
  if (parts.length === 3 && !before && !after && mark === 'mark') return [element('span', { class: 'whole' }, all)];
  return parts.map((part, at) => {
    if (at % 2 === 0) return part;
    return part ? element(mark, {}, part) : element(mark, { class: 'gap', role: 'img', 'aria-label': 'here' });
  });
}

function related(finding) {
  const list = element('ul', { class: 'related' });
  for (const one of finding.related) {
    const locale = data.locales[one.locale];
    const label = one.label.includes(locale.tag) ? one.label : `${locale.tag}: ${one.label}`;
    const item = element('li', {}, label, ' ', place(one));
    const spoken = { target: locale, source: ENGLISH, line: { ...locale, rtl: false } }[one.kind];
    if (one.text) item.append(element('p', { class: 'text', ...language(spoken) }, ...marked(one.text, 'mark')));
    list.append(item);
  }
  if (finding.more) list.append(element('li', { class: 'quiet' }, `and ${number(finding.more)} more`));
  return element('div', {}, element('h3', {}, 'Other places'), list);
}

function facts(finding) {
  const { id, summary } = data.rules[finding.rule];
  const list = element('dl', { class: 'facts' });
  const fact = (name, ...value) => list.append(element('div', {}, element('dt', {}, name), element('dd', {}, ...value)));
  fact('File', place(finding));
  fact('Rule', id, summary && ` – ${summary}`);
  if (finding.unit) fact('Unit', finding.unit);
  fact('Confidence', finding.confidence);
  fact('This finding', element('a', { href: `#finding=${finding.id}` }, finding.id));
  return list;
}
