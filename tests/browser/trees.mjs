// Trees for the browser test.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What article text could try: each would set `window.pwned` if it ran. */
export const HOSTILE = [
  '<script>window.pwned = 1</script>',
  '</script><script>window.pwned = 2</script>',
  '<img src=x onerror="window.pwned = 3">',
  '<svg/onload=window.pwned=4>',
  '<!--<script>window.pwned = 5</script>-->',
  '<a href="javascript:window.pwned=6">x</a>',
  '<style>@import "https://example.com/x.css"</style>',
  '<iframe srcdoc="<script>parent.pwned = 7</script>"></iframe>',
  '<link rel=stylesheet href=https://example.com/y.css>',
  '\u2028\u202e]]>{{data}}',
];

function pair(number, target, source) {
  const id = `0a0a0-${number}`;
  return `<span data-ttu-id="${id}">${target}</span><span class="sxs-lookup"><span data-stu-id="${id}">${source}</span></span>`;
}

function document(locale, pairs) {
  const front = ['title: Harbor', 'ms.openlocfilehash: a', 'ms.sourcegitcommit: b', 'ms.translationtype: MT'];
  front.push('ms.lasthandoff: 05/19/2021', `ms.contentlocale: ${locale}`, 'ms.locfileid: ""');
  return `---\n${front.join('\n')}\n---\n\n${pairs.join('\n\n')}\n`;
}

function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Articles whose texts and names are full of HTML and script. */
export function hostileTree(folder) {
  const names = process.platform === 'win32' ? ['a.md'] : ['a.md', '"><img src=x onerror=window.pwned=8>.md', 'javascript:window.pwned=9.md'];
  for (const locale of ['cs-CZ', 'ar-SA', 'ja-JP']) {
    const pairs = HOSTILE.map((text, at) => pair(101 + at, `Harbor harbor. json ${text}`, `Harbor harbor.json ${text}`));
    for (const name of names) write(folder, `${locale.toLowerCase()}/${name}`, document(locale, pairs));
  }
}

/** So many findings: one in every unit. */
export function largeTree(folder, findings) {
  const texts = { 'cs-CZ': 'Soubor', 'de-DE': 'Die Datei', 'ja-JP': 'ファイル', 'ar-SA': 'الملف' };
  const locales = Object.keys(texts);
  const units = 100;
  for (let article = 0; article < findings / units / locales.length; article += 1) {
    for (const locale of locales) {
      const pairs = Array.from({ length: units }, (_, at) => {
        const name = `harbor-${article}-${at}`;
        return pair(101 + at, `${texts[locale]} ${name}. json, `.repeat(2), `The file ${name}.json, `.repeat(2));
      });
      write(folder, `${locale.toLowerCase()}/guide/article-${article}.md`, document(locale, pairs));
    }
  }
}
