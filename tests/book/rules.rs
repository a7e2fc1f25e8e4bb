//! `docs/rules`: the page of every rule, a page for every category, and the list of all.

use std::collections::{BTreeMap, BTreeSet};

use loclint::rules::{DefaultValue, FixKind, RuleInfo, Settings, builtin};

use super::fences::Turn;
use super::{common, docs, made_of, read};

const INDEX: &str = "\
# All rules

A rule looks for one kind of fault. Its page says why that matters, what to do, and when the rule stays silent, and shows examples, which are
its tests. `loclint explain RULE` shows the same page in a terminal, `loclint rules` this list.

- **severity**: `error` for what must not ship, `warning` for what a reviewer would mend, `info` for what is worth a look, `off` until it is
  switched on. [The configuration](../configuration.md) changes it, for some paths or locales too.
- **confidence**: how sure a finding is, unless the other locales of the article say otherwise (`--min-confidence`).
- **looks at**: how much of the tree the rule has to see: one unit, one document, an article in all its locales, or the whole corpus.
- **fix**: `safe` is applied by `--fix`, `unsafe` by `--unsafe-fixes`.

How often each rule was right on real trees is in [the precision ledger](../precision.md). Rules of your own are written
[in YAML](../rules-of-your-own.md); two [packs](packs/README.md) of them come with loclint.
";

/// The rules that come with loclint, sorted by id.
pub(crate) fn infos() -> Vec<RuleInfo> {
    builtin(&Settings::default()).unwrap().into_iter().map(|rule| rule.info).collect()
}

/// The rules by category.
pub(crate) fn categories(infos: &[RuleInfo]) -> BTreeMap<&str, Vec<&RuleInfo>> {
    let mut categories: BTreeMap<&str, Vec<&RuleInfo>> = BTreeMap::new();
    for info in infos {
        categories.entry(info.category()).or_default().push(info);
    }
    categories
}

/// The part of the id after the slash.
pub(crate) fn name(info: &RuleInfo) -> &str {
    info.id.split_once('/').map_or(&*info.id, |(_, name)| name)
}

/// All pages, by their paths below `docs`.
pub(crate) fn pages() -> Vec<(String, String)> {
    let infos = infos();
    let known: BTreeSet<String> = infos.iter().map(|info| info.id.to_string()).collect();
    let verdicts = verdicts();
    let mut pages: Vec<(String, String)> = infos
        .iter()
        .map(|info| (format!("rules/{}.md", info.id), page(info, &known, verdicts.get(&*info.id))))
        .collect();
    let mut index = made_of("the list of the rules") + INDEX;
    for (category, rules) in categories(&infos) {
        let finds = finds(category);
        index += &format!("\n## {category}\n\n{finds}\n\n{}", table(&rules, &known, ""));
        let head = made_of("the list of the rules");
        let text = format!("{head}# {category}\n\n{finds}\n\n{}", table(&rules, &known, "../"));
        pages.push((format!("rules/{category}/README.md"), text));
    }
    pages.push(("rules/README.md".into(), index));
    pages
}

fn page(info: &RuleInfo, known: &BTreeSet<String>, verdict: Option<&String>) -> String {
    let made = made_of(&format!("rules/{}.md and the metadata of the rule", info.id.replace('-', "_")));
    let turn = Turn { known, own: &info.id, to_rules: "../", to_docs: "../../", flat: false };
    let page = info.page.replace("\r\n", "\n");
    // After the title and the paragraph below it.
    let mut parts = page.splitn(3, "\n\n");
    let (title, summary, rest) =
        (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap_or_default());
    let summary = turn.page(summary);
    format!("{made}{title}\n\n{summary}\n{}\n{}", facts(info, verdict), turn.page(rest))
}

/// The table at the head of a page.
fn facts(info: &RuleInfo, verdict: Option<&String>) -> String {
    let fix = match info.fix {
        FixKind::None => "none",
        FixKind::Safe => "safe (`--fix`)",
        FixKind::Unsafe => "unsafe (`--unsafe-fixes`)",
    };
    let mut rows = vec![
        ("severity", severity(info).to_string()),
        ("confidence", info.confidence.as_str().into()),
        ("looks at", info.scope.as_str().into()),
        ("fix", fix.into()),
        ("MQM error type", info.mqm.to_string()),
        ("ITS issue type", info.its.to_string()),
        ("since", info.since.as_deref().unwrap_or_default().to_string()),
    ];
    for option in info.options {
        rows.push(("option", format!("`{}`, by default {}", option.name, default(option.default))));
    }
    rows.extend(verdict.map(|verdict| ("on real trees", format!("[{verdict}](../../precision.md)"))));
    let rows = rows.iter().map(|(what, value)| format!("| {what} | {value} |\n"));
    format!("| | |\n|---|---|\n{}", rows.collect::<String>())
}

pub(crate) fn severity(info: &RuleInfo) -> &'static str {
    info.severity.map_or("off", |severity| severity.as_str())
}

/// The default of an option, as YAML.
pub(crate) fn default(value: DefaultValue) -> String {
    match value {
        DefaultValue::List([]) => "none".into(),
        DefaultValue::List(items) => format!("`[{}]`", items.join(", ")).replace('|', "\\|"),
        DefaultValue::Number(number) => format!("`{number}`"),
        DefaultValue::Flag(flag) => format!("`{flag}`"),
    }
}

/// A table of rules, with links that start with `up`.
pub(crate) fn table(rules: &[&RuleInfo], known: &BTreeSet<String>, up: &str) -> String {
    let mut table =
        "| rule | reports | severity | confidence | looks at | fix |\n|---|---|---|---|---|---|\n"
            .to_string();
    let to_docs = format!("{up}../");
    for info in rules {
        let turn = Turn { known, own: &info.id, to_rules: up, to_docs: &to_docs, flat: false };
        let reports = turn.prose(info.summary()).replace('|', "\\|");
        let (confidence, scope, fix) = (info.confidence.as_str(), info.scope.as_str(), info.fix.as_str());
        let fix = if info.fix == FixKind::None { "" } else { fix };
        let severity = severity(info);
        let link = format!("[{}]({up}{}.md)", name(info), info.id);
        table += &format!("| {link} | {reports} | {severity} | {confidence} | {scope} | {fix} |\n");
    }
    table
}

/// What the rules of a category find, as the table in the README says it.
fn finds(category: &str) -> String {
    let text = read(&common::project().join("README.md"));
    let row = text.lines().find_map(|line| line.strip_prefix(&format!("| `{category}` | ")));
    let row = row.unwrap_or_else(|| panic!("the table in README.md has no \"{category}\""));
    format!("Finds {}.", row.trim_end_matches([' ', '|', '.']))
}

/// How many of the findings that were read were real, by rule.
fn verdicts() -> BTreeMap<String, String> {
    let data = read(&docs().join("precision.tsv"));
    let mut lines = data.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let column = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let (read, real) = (column("read"), column("real"));
    let verdict = |cells: Vec<&str>| {
        let (read, real) = (cells[read].parse::<u32>().ok()?, cells[real].parse::<u32>().ok()?);
        (read > 0).then(|| (cells[0].to_string(), format!("{real} of {read} findings read were real")))
    };
    lines.filter_map(verdict).collect()
}
