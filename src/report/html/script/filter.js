// Which findings are shown. The state is in the address, after "#", so that it can be linked to and "back" works.

const EVERYTHING = { q: '', severity: '', locale: '', rule: '', order: 'severity', finding: '' };
let filter = { ...EVERYTHING };

function readAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  filter = { ...EVERYTHING };
  for (const key of Object.keys(EVERYTHING)) filter[key] = told.get(key) ?? EVERYTHING[key];
}

function writeAddress() {
  const told = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) if (value !== EVERYTHING[key]) told.set(key, value);
  history.replaceState(null, '', `#${told}`);
}

/** What is searched of each finding, made when it is first wanted. */
const searched = [];
function searchedText(index) {
  if (searched[index] === undefined) {
    const { message, help, rule, file, unit, source, target, context } = data.findings[index];
    const sides = [source, target, context].map((side) => side?.join('') ?? '');
    const names = [data.rules[rule].id, data.files[file].path, ...tagsOf(data.findings[index])];
    searched[index] = [message, help ?? '', unit ?? '', ...names, ...sides].join('\n').toLowerCase();
  }
  return searched[index];
}

/** The numbers of the findings to show, in order. */
function matching() {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  const severities = filter.severity.split(',').filter(Boolean);
  const rules = data.rules.map(({ id }) => !filter.rule || id === filter.rule || category(id) === filter.rule);
  const found = [];
  data.findings.forEach((finding, index) => {
    if (!rules[finding.rule] || (filter.locale && !tagsOf(finding).includes(filter.locale))) return;
    if (severities.length > 0 && !severities.includes(finding.severity)) return;
    if (words.length > 0 && !words.every((word) => searchedText(index).includes(word))) return;
    found.push(index);
  });
  const keys = {
    severity: (index) => SEVERITIES.indexOf(data.findings[index].severity),
    rule: (index) => data.findings[index].rule,
  };
  const key = keys[filter.order];
  // Stable: what is equal stays in the order of documents.
  return key ? found.sort((left, right) => key(left) - key(right)) : found;
}

/** Fills the controls with what there is. */
function makeControls() {
  const option = (value, text) => element('option', { value }, text);
  const locales = counted(tagsOf);
  byId('locale').append(option('', `All locales (${locales.size})`));
  for (const [tag, n] of locales) byId('locale').append(option(tag, `${tag} ${localeName(tag)} (${number(n)})`));
  const rules = counted(({ rule }) => data.rules[rule].id);
  byId('rule').append(option('', `All rules (${rules.size})`));
  for (const [name, n] of counted(({ rule }) => category(data.rules[rule].id))) {
    const group = element('optgroup', { label: name }, option(name, `${name}: all (${number(n)})`));
    for (const [id, m] of rules) if (category(id) === name) group.append(option(id, `${id} (${number(m)})`));
    byId('rule').append(group);
  }
  const severities = counted(({ severity }) => severity);
  for (const name of SEVERITIES) {
    const box = element('input', { type: 'checkbox', value: name });
    const text = element('span', { class: `severity ${name}` }, name);
    const label = element('label', {}, box, text, element('small', {}, number(severities.get(name) ?? 0)));
    document.querySelector('.severities').append(label);
  }
  for (const link of document.querySelectorAll('[data-tag]')) link.title = localeName(link.dataset.tag);
}

/** Shows the state in the controls. */
function showControls() {
  byId('search').value = filter.q;
  byId('locale').value = filter.locale;
  byId('rule').value = filter.rule;
  byId('order').value = filter.order;
  const wanted = filter.severity.split(',');
  for (const box of document.querySelectorAll('.severities input')) box.checked = wanted.includes(box.value);
}

/** Takes the state from the controls. */
function readControls() {
  const checked = [...document.querySelectorAll('.severities input:checked')].map((box) => box.value);
  const [q, locale, rule, order] = ['search', 'locale', 'rule', 'order'].map((id) => byId(id).value);
  filter = { ...EVERYTHING, q, locale, rule, order, severity: checked.join(',') };
}
