//! `docs/rules/packs`: a page for every pack that comes with loclint.

use std::collections::BTreeSet;

use loclint::rules::RuleInfo;
use loclint::rules::declarative::SHIPPED;

use super::common::project;
use super::fences::Turn;
use super::made_of;
use super::rules::{infos, severity};

/// The pages, by their paths below `docs`.
pub(crate) fn pages() -> Vec<(String, String)> {
    let mut index = made_of("rules/packs")
        + "# Packs that come with loclint\n\nThey are off until they are named: `packs: [microsoft-style]` in \
           [the configuration](../../configuration.md), or `--pack microsoft-style` for one run. [Rules of your own](../../rules-of-your-own.md) \
           are packs too.\n\n| pack | rules | |\n|---|---|---|\n";
    let mut pages = Vec::new();
    for (name, text) in SHIPPED {
        let pack = loclint::packs::load(name, &project(), &project()).unwrap();
        let about = about(text);
        index += &format!("| [{name}]({name}.md) | {} | {about} |\n", pack.infos.len());
        pages.push((format!("rules/packs/{name}.md"), page(name, &about, &pack.infos)));
    }
    pages.push(("rules/packs/README.md".into(), index));
    pages
}

/// The comment at the top of the file.
fn about(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
    lines.collect::<Vec<_>>().join(" ")
}

fn page(name: &str, about: &str, rules: &[RuleInfo]) -> String {
    let known: BTreeSet<String> = infos().iter().map(|info| info.id.to_string()).collect();
    let turn = Turn { known: &known, own: "", to_rules: "../", to_docs: "../../", flat: true };
    let mut text = made_of(&format!("rules/packs/{name}.yml"));
    text += &format!(
        "# {name}\n\n{about}\n\n| rule | severity | fix | MQM error type | reports |\n|---|---|---|---|---|\n"
    );
    for info in rules {
        let own = own(info);
        let reports = info.summary().replace('|', "\\|");
        text += &format!(
            "| [{own}](#{own}) | {} | {} | {} | {reports} |\n",
            severity(info),
            info.fix.as_str(),
            info.mqm
        );
    }
    for info in rules {
        let page = info.page.replace("\r\n", "\n");
        let (page, _) = page.split_once("\n## Where it comes from").unwrap_or((&page, ""));
        let body = page.split_once("\n\n").map_or("", |(_, body)| body);
        text += &format!("\n## {}\n\n{}", own(info), turn.page(body.trim_end()));
    }
    text
}

fn own(info: &RuleInfo) -> &str {
    info.id.split_once('/').map_or(&info.id, |(_, name)| name)
}
