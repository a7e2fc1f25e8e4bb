//! `docs/rules/packs`: a page for every pack that comes with loclint.

use std::collections::BTreeSet;

use loclint::rules::RuleInfo;
use loclint::rules::declarative::SHIPPED;

use super::common::project;
use super::fences::Turn;
use super::made_of;
use super::rules::{infos, name, severity};

/// The pages, by their paths below `docs`.
pub(crate) fn pages() -> Vec<(String, String)> {
    let mut index = made_of("rules/packs")
        + "# Packs that come with loclint\n\nThey are off until they are named: `packs: [microsoft-style]` in \
           [the configuration](../../configuration.md), or `--pack microsoft-style` for one run. [Rules of your own](../../rules-of-your-own.md) \
           are packs too.\n\n| pack | rules | |\n|---|---|---|\n";
    let mut pages = Vec::new();
    for (pack_name, text) in SHIPPED {
        let pack = loclint::packs::load(pack_name, &project(), &project()).unwrap();
        let about = about(text);
        index += &format!("| [{pack_name}]({pack_name}.md) | {} | {about} |\n", pack.infos.len());
        pages.push((format!("rules/packs/{pack_name}.md"), page(pack_name, &about, &pack.infos)));
    }
    pages.push(("rules/packs/README.md".into(), index));
    pages
}

/// The comment at the top of the file, but for how to switch it on.
fn about(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
    let about = lines.collect::<Vec<_>>().join(" ");
    about.split_once(" Off unless").map_or(about.as_str(), |(about, _)| about).to_string()
}

fn page(pack: &str, about: &str, rules: &[RuleInfo]) -> String {
    let known: BTreeSet<String> = infos().iter().map(|info| info.id.to_string()).collect();
    let turn = Turn { known: &known, own: "", to_rules: "../", to_docs: "../../", flat: true };
    let mut text = made_of(&format!("rules/packs/{pack}.yml"));
    text += &format!(
        "# {pack}\n\n{about}\n\n| rule | reports | severity | fix | MQM error type |\n|---|---|---|---|---|\n"
    );
    for info in rules {
        let name = name(info);
        let reports = info.summary().replace('|', "\\|");
        text += &format!(
            "| [{name}](#{name}) | {reports} | {} | {} | {} |\n",
            severity(info),
            info.fix.as_str(),
            info.mqm
        );
    }
    for info in rules {
        let page = info.page.replace("\r\n", "\n");
        let (page, _) = page.split_once("\n## Where it comes from").unwrap_or((&page, ""));
        let body = page.split_once("\n\n").map_or("", |(_, body)| body);
        text += &format!("\n## {}\n\n{}", name(info), turn.page(body.trim_end()));
    }
    text
}
